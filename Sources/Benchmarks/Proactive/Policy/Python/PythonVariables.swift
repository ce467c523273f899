import Glibc

/// The environment that Python programs get: what they need and nothing else, so that no key of a provider reaches them.
enum PythonVariables {
    private static let names: Set<String> = [
        "PATH", "HOME", "USER", "LOGNAME", "LANG", "TMPDIR", "TZ", "LD_LIBRARY_PATH", "VIRTUAL_ENV", "PYTHONPATH",
        "XDG_CACHE_HOME", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy",
        "SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "OMP_NUM_THREADS", "MKL_NUM_THREADS",
        "HF_HOME", "HF_HUB_CACHE", "HF_DATASETS_CACHE", "HF_ENDPOINT", "TRANSFORMERS_CACHE",
    ]
    private static let prefixes = ["LC_", "CUDA_", "NVIDIA_", "NCCL_", "ROCM_", "HIP_", "TORCH_", "PYTORCH_"]
    private static let tokens: Set<String> = ["HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"]
    private static let installing = ["PIP_", "UV_"]

    /// For training; `isOffline` keeps the hub's libraries off the network and its token out.
    static func training(_ variables: [String: String], isOffline: Bool) -> [String: String] {
        var chosen = variables.filter { name, _ in
            names.contains(name) || prefixes.contains { name.hasPrefix($0) } || !isOffline && tokens.contains(name)
        }
        // Output comes as it is written, and no caches are left beside the programs.
        chosen["PYTHONUNBUFFERED"] = "1"
        chosen["PYTHONDONTWRITEBYTECODE"] = "1"
        chosen["TOKENIZERS_PARALLELISM"] = "false"
        chosen["HF_HUB_DISABLE_TELEMETRY"] = "1"
        if isOffline {
            for name in ["HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_DATASETS_OFFLINE"] { chosen[name] = "1" }
        }
        // Several threads on few shared cores wait for each other more than they compute.
        if chosen["OMP_NUM_THREADS"] == nil, sysconf(Int32(_SC_NPROCESSORS_ONLN)) <= 4 {
            chosen["OMP_NUM_THREADS"] = "1"
        }
        return chosen
    }

    /// For installing packages.
    static func installation(_ variables: [String: String]) -> [String: String] {
        variables.filter { name, _ in
            names.contains(name) && name != "VIRTUAL_ENV" && name != "PYTHONPATH"
                || installing.contains { name.hasPrefix($0) } || name.hasPrefix("LC_")
        }
    }
}
