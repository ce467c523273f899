import JSON

/// Writes predictions for other evaluators.
enum PredictionsWriter {
    /// One JSON object a line, as SWE-bench's tools read it.
    static func lines(_ predictions: [PredictedPatch]) -> [UInt8] {
        var bytes: [UInt8] = []
        for prediction in predictions {
            JSONValue.object([
                "instance_id": .string(prediction.instanceID),
                "model_name_or_path": .string(prediction.model ?? ""),
                "model_patch": .string(prediction.patch ?? ""),
            ]).write(into: &bytes)
            bytes.append(0x0A)
        }
        return bytes
    }

    /// A JSON list, as the official evaluator of SWE-bench Pro reads it.
    static func list(_ predictions: [PredictedPatch]) -> [UInt8] {
        let entries = predictions.map { prediction in
            JSONValue.object([
                "instance_id": .string(prediction.instanceID), "patch": .string(prediction.patch ?? ""),
                "prefix": .string(prediction.model ?? ""),
            ])
        }
        return JSONValue.array(entries).bytes(.pretty) + [0x0A]
    }
}
