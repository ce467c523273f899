import Evaluation
import JSON

/// An image of a message, from a segment in OpenAI's form.
enum ImageSource {
    /// The image itself, in Base64.
    case data(mediaType: String, base64: String)
    /// Where the image is.
    case url(String)

    /// Reads a segment `{type: image_url, image_url: {url}}`, the URL being one of the web or one that holds the image.
    ///
    /// Throws ``EvaluationError``, cause `task`, for any other segment: to leave it out would ask another question.
    init(_ segment: JSONObject) throws(EvaluationError) {
        let type = segment["type"]?.stringValue ?? "none"
        let image = segment["image_url"]
        guard type == "image_url", let url = image?.stringValue ?? image?["url"]?.stringValue else {
            throw EvaluationError(
                .providerBadRequest, "a message has a segment of type '\(type)', which this provider has no form for",
                cause: .task, advice: "use text and image_url segments")
        }
        guard url.hasPrefix("data:") else {
            self = .url(url)
            return
        }
        let head = url.dropFirst(5).prefix { $0 != "," }
        guard head.hasSuffix(";base64"), head.utf8.count > 7 else {
            throw EvaluationError(
                .providerBadRequest, "a message's image is a data URL that is not in Base64", cause: .task)
        }
        self = .data(mediaType: String(head.dropLast(7)), base64: String(url.dropFirst(5 + head.count + 1)))
    }
}
