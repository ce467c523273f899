extension Methods {
    static let stringCasing = Dictionary(
        uniqueKeysWithValues: [
            stringMethod("lower") { (call) throws(TemplateError) in try call.result(PythonText.lower(call.text)) },
            stringMethod("upper") { (call) throws(TemplateError) in try call.result(PythonText.upper(call.text)) },
            stringMethod("capitalize") { (call) throws(TemplateError) in
                try call.result(PythonText.capitalize(call.text))
            },
            stringMethod("title") { (call) throws(TemplateError) in try call.result(titled(call.text)) },
            stringMethod("swapcase") { (call) throws(TemplateError) in
                try call.result(
                    call.text.unicodeScalars.map { scalar in
                        scalar.properties.isUppercase
                            ? scalar.properties.lowercaseMapping : scalar.properties.uppercaseMapping
                    }.joined())
            },
            stringMethod("isdigit") { (call) throws(TemplateError) in
                every(call) { scalar in
                    switch scalar.properties.numericType {
                    case .decimal, .digit: true
                    default: false
                    }
                }
            },
            stringMethod("isdecimal") { (call) throws(TemplateError) in
                every(call) { $0.properties.numericType == .decimal }
            },
            stringMethod("isnumeric") { (call) throws(TemplateError) in
                every(call) { $0.properties.numericType != nil }
            },
            stringMethod("isalpha") { (call) throws(TemplateError) in every(call) { isLetter($0) } },
            stringMethod("isalnum") { (call) throws(TemplateError) in
                every(call) { isLetter($0) || $0.properties.numericType != nil }
            },
            stringMethod("isspace") { (call) throws(TemplateError) in every(call) { PythonText.isSpace($0) } },
            stringMethod("isascii") { (call) throws(TemplateError) in
                .bool(call.text.utf8.allSatisfy { $0 < 0x80 })
            },
            stringMethod("isupper") { (call) throws(TemplateError) in .bool(hasCase(call.text, upper: true)) },
            stringMethod("islower") { (call) throws(TemplateError) in .bool(hasCase(call.text, upper: false)) },
            stringMethod("istitle") { (call) throws(TemplateError) in
                .bool(call.text.unicodeScalars.contains { $0.properties.isCased } && titled(call.text) == call.text)
            },
        ])

    static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
        default: false
        }
    }

    /// Whether there are letters with a case, and all of them have this one.
    static func hasCase(_ text: String, upper: Bool) -> Bool {
        var found = false
        for scalar in text.unicodeScalars {
            let properties = scalar.properties
            let isTitle = properties.generalCategory == .titlecaseLetter
            if isTitle || (upper ? properties.isLowercase : properties.isUppercase) { return false }
            if upper ? properties.isUppercase : properties.isLowercase { found = true }
        }
        return found
    }

    /// The text with every run of letters beginning with a capital, the rest of it small.
    private static func titled(_ text: String) -> String {
        var result = ""
        var isInside = false
        for scalar in text.unicodeScalars {
            let properties = scalar.properties
            result += isInside ? properties.lowercaseMapping : properties.titlecaseMapping
            isInside = properties.isCased
        }
        return result
    }

    private static func every(_ call: StringCall, _ test: (Unicode.Scalar) -> Bool) -> Value {
        .bool(!call.text.isEmpty && call.text.unicodeScalars.allSatisfy(test))
    }
}
