import Glibc

typealias CStringArray = UnsafePointer<UnsafeMutablePointer<CChar>?>

/// Lends the strings as a C array that ends with a null pointer.
func withCStrings(_ strings: [String], _ body: (CStringArray?) -> Void) {
    var pointers: [UnsafeMutablePointer<CChar>?] = strings.map { strdup($0) }
    pointers.append(nil)
    defer { for pointer in pointers { free(pointer) } }
    pointers.withUnsafeBufferPointer { body($0.baseAddress) }
}

/// Lends the strings as `withCStrings` does, or a null pointer for nil.
func withOptionalCStrings(_ strings: [String]?, _ body: (CStringArray?) -> Void) {
    if let strings { withCStrings(strings, body) } else { body(nil) }
}

/// Lends the string as a C string, or a null pointer for nil.
func withOptionalCString(_ string: String?, _ body: (UnsafePointer<CChar>?) -> Void) {
    if let string { string.withCString(body) } else { body(nil) }
}
