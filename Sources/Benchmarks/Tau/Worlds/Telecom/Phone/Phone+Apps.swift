import JSON

extension Phone {
    /// What an app can be allowed, in the order of the model.
    static let permissionNames = ["sms", "storage", "phone", "network"]

    /// The names of the installed apps.
    var apps: [String] { device["app_statuses"]?.objectValue?.keys ?? [] }

    /// What an app is allowed, or nil when there is no such app.
    ///
    /// Throws what Python raises for a name that no dictionary could have as a key.
    func permissions(ofApp name: JSONValue) throws(PythonException) -> [String]? {
        guard let key = try name.pythonDictionaryKey(), let app = device["app_statuses"]?[key] else { return nil }
        return Self.permissionNames.filter { app["permissions"]?[$0]?.pythonTruth == true }
    }

    /// Allows an app something, or forbids it.
    mutating func setPermission(_ permission: String, ofApp name: String, to isGranted: Bool) {
        device["app_statuses"]?[name]?["permissions"]?[permission] = .bool(isGranted)
    }

    /// An app and what it is allowed.
    func describeApp(_ name: JSONValue) throws(PythonException) -> String {
        guard let permissions = try permissions(ofApp: name) else { return Self.noApp(name) }
        let head = "Status for App: \(name.pythonText)"
        guard !permissions.isEmpty else { return head + "\n - Permissions: None granted." }
        return ([head, " - Permissions Granted:"] + permissions.map { "   - \($0)" }).joined(separator: "\n")
    }

    /// What an app is allowed.
    func describePermissions(ofApp name: JSONValue) throws(PythonException) -> String {
        guard let permissions = try permissions(ofApp: name) else { return Self.noApp(name) }
        return permissions.isEmpty
            ? "App '\(name.pythonText)' currently has no permissions granted."
            : "App '\(name.pythonText)' has permission for: \(permissions.joined(separator: ", "))."
    }

    /// Allows an app something and says what came of it.
    mutating func grant(_ permission: JSONValue, toApp name: JSONValue) throws(PythonException) -> String {
        let isInstalled = try permissions(ofApp: name) != nil
        let permission = try permission.pythonLowercased()
        guard isInstalled, let app = name.stringValue else {
            return "Error. App '\(name.pythonText)' not found. Cannot grant permission."
        }
        guard Self.knows(permission) else {
            let names = JSONValue(Self.permissionNames.map { .string($0) }).pythonRepresentation
            return "Error. Permission '\(permission)' not tracked for app '\(app)', available permissions: \(names)"
        }
        setPermission(permission, ofApp: app, to: true)
        return "Success. Permission '\(permission)' granted to app '\(app)'."
    }

    /// Forbids an app something; false when there is no such app or permission.
    mutating func revoke(_ permission: JSONValue, ofApp name: JSONValue) throws(PythonException) -> Bool {
        let isInstalled = try permissions(ofApp: name) != nil
        let permission = try permission.pythonLowercased()
        guard isInstalled, let app = name.stringValue, Self.knows(permission) else { return false }
        setPermission(permission, ofApp: app, to: false)
        return true
    }

    /// Whether the messaging app can send pictures.
    ///
    /// Throws what Python raises when the access point settings have been overwritten.
    func canSendPictures() throws(PythonException) -> Bool {
        guard hasWorkingData, technology != .secondGeneration, !(self[.wifiCalling] && self[.multimediaOverWiFi]),
            try !accessPoint("mmsc_url").isNull, let granted = try permissions(ofApp: "messaging")
        else { return false }
        return granted.contains("storage") && granted.contains("sms")
    }

    private static func noApp(_ name: JSONValue) -> String { "App '\(name.pythonText)' not found on this phone." }

    private static func knows(_ permission: String) -> Bool {
        permissionNames.contains { JSONValue.string($0) == .string(permission) }
    }
}
