import JSON

extension TelecomWorld {
    /// The phone as it is, for looking at.
    func phone() throws(PythonException) -> Phone {
        let device = try userData.value(of: "device")
        return Phone(device: device, surroundings: try userData.value(of: "surroundings"), vpn: vpn)
    }

    /// Changes the phone; what `body` did before it throws stays done.
    mutating func changePhone<Result>(
        _ body: (inout Phone) throws(PythonException) -> Result
    ) throws(PythonException) -> Result {
        let surroundings = try phone().surroundings
        var vpn = vpn
        defer { self.vpn = vpn }
        return try userData.updateValue(of: "device") { device throws(PythonException) in
            var phone = Phone(device: device, surroundings: surroundings, vpn: vpn)
            device = .null  // gives the phone the only reference to the record's storage
            defer {
                device = phone.device
                vpn = phone.vpn
            }
            return try body(&phone)
        }
    }
}

extension ToolFunction<TelecomWorld> {
    /// A tool with which the user looks at the phone.
    static func look(
        _ name: String, _ parameters: [ToolParameter] = [],
        _ body: @escaping @Sendable (Phone, ToolArguments) throws(PythonException) -> String
    ) -> ToolFunction {
        .tool(name, .read, parameters) { world, arguments throws(PythonException) in
            .string(try body(try world.phone(), arguments))
        }
    }

    /// A tool with which the user does something to the phone.
    static func act(
        _ name: String, _ parameters: [ToolParameter] = [],
        _ body: @escaping @Sendable (inout Phone, ToolArguments) throws(PythonException) -> String
    ) -> ToolFunction {
        .tool(name, .write, parameters) { world, arguments throws(PythonException) in
            .string(
                try world.changePhone { phone throws(PythonException) in try body(&phone, arguments) })
        }
    }

    /// A function with which a task sets the phone up; what it returns is the name of what was done.
    static func setUp(
        _ name: String, _ parameters: [ToolParameter] = [],
        _ body: @escaping @Sendable (inout Phone, ToolArguments) throws(PythonException) -> Void
    ) -> ToolFunction {
        .environment(name, parameters) { world, arguments throws(PythonException) in
            try world.changePhone { phone throws(PythonException) in try body(&phone, arguments) }
            return .string(name)
        }
    }

    /// A function with which a task checks the phone.
    static func check(
        _ name: String, _ parameters: [ToolParameter] = ["expected_status"],
        _ body: @escaping @Sendable (Phone, ToolArguments) throws(PythonException) -> Bool
    ) -> ToolFunction {
        .environment(name, parameters) { world, arguments throws(PythonException) in
            .truth(try body(try world.phone(), arguments))
        }
    }
}
