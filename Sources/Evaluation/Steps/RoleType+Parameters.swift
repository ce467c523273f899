extension RoleType: ParameterChoice {}
