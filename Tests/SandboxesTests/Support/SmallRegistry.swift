import Processes
import Testing

/// A registry of images on this machine, which the engine trusts without encryption because it is on the loopback.
///
/// It has `NAME:v1` for any name, whose one layer is a file `/NAME`, but `busy` is refused for load, and `missing` is not
/// there. On request everything needs the login `me:secret`.
struct SmallRegistry {
    let address: String
    private let process: ChildProcess

    static func start(needsLogin: Bool = false) async throws -> SmallRegistry {
        let process = try await ChildProcess.start(
            ProcessCommand("python3", ["-c", program, needsLogin ? "locked" : "open"]))
        let port = try #require(try await process.nextLine())
        return SmallRegistry(address: "localhost:\(port)", process: process)
    }

    func stop() { process.terminate() }

    private static let program = """
        import base64, gzip, hashlib, http.server, io, json, sys, tarfile

        def digest(data):
            return "sha256:" + hashlib.sha256(data).hexdigest()

        def image(name):
            raw = io.BytesIO()
            with tarfile.open(fileobj=raw, mode="w") as tar:
                member = tarfile.TarInfo(name)
                member.size = 200000
                tar.addfile(member, io.BytesIO((name * 200000).encode()[:200000]))
            layer = gzip.compress(raw.getvalue(), mtime=0)
            config = json.dumps({
                "architecture": "amd64", "os": "linux", "config": {"Cmd": ["/x"]},
                "rootfs": {"type": "layers", "diff_ids": [digest(raw.getvalue())]},
            }).encode()
            kind = "application/vnd.docker.distribution.manifest.v2+json"
            manifest = json.dumps({
                "schemaVersion": 2, "mediaType": kind,
                "config": {"mediaType": "application/vnd.docker.container.image.v1+json",
                           "size": len(config), "digest": digest(config)},
                "layers": [{"mediaType": "application/vnd.docker.image.rootfs.diff.tar.gzip",
                            "size": len(layer), "digest": digest(layer)}],
            }).encode()
            return kind, manifest, {digest(config): config, digest(layer): layer, digest(manifest): manifest}

        class Registry(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            def answer(self, status, body, kind="application/json", more={}):
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.send_header("Docker-Distribution-Api-Version", "registry/2.0")
                for key, value in more.items():
                    self.send_header(key, value)
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(body)
            def refuse(self, status, code, more={}):
                self.answer(status, json.dumps({"errors": [{"code": code, "message": code.lower()}]}).encode(), more=more)
            def do_GET(self):
                login = "Basic " + base64.b64encode(b"me:secret").decode()
                if sys.argv[1] == "locked" and self.headers.get("Authorization") != login:
                    return self.refuse(401, "UNAUTHORIZED", {"WWW-Authenticate": 'Basic realm="small"'})
                if self.path == "/v2/":
                    return self.answer(200, b"{}")
                _, _, name, part, key = self.path.split("/")
                if name == "busy":
                    return self.refuse(429, "TOOMANYREQUESTS")
                if name == "missing":
                    return self.refuse(404, "MANIFEST_UNKNOWN")
                kind, manifest, blobs = image(name)
                if part == "manifests":
                    return self.answer(200, manifest, kind, {"Docker-Content-Digest": digest(manifest)})
                if key in blobs:
                    return self.answer(200, blobs[key], "application/octet-stream")
                self.refuse(404, "BLOB_UNKNOWN")
            do_HEAD = do_GET
            def log_message(self, *arguments):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Registry)
        print(server.server_port, flush=True)
        server.serve_forever()
        """
}
