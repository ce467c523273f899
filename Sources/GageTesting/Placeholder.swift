// GageTesting
