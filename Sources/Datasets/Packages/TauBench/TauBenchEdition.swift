extension DataEdition {
    /// The data of the official repository at 59a200c, its Python files converted to JSON.
    static let tauBench = DataEdition(name: "tau-bench (59a200c)", files: tauBenchFiles)

    private static let tauBenchFiles = [
        "retail/orders.json":
            "2598a12586d28f2d6bd16bc86f4c800029b6af18e0abb5c475ef5c869c11ced1",
        "retail/products.json":
            "a9eabcc1a9742c5f5288c2779acce52b9308423383ed24706bbaf0889f762a0f",
        "retail/users.json":
            "6f4fd104cc5e80b92166c4035315c31532c6cea52a90dcdf18425ee7f87c2b82",
        "retail/policy.md":
            "d539fd2a46a8b8dd2e934ff9ed92f43e9f6b56bc7a718db8d2803ba8ad8f6bf7",
        "retail/rules.json":
            "9fdb9bd32797e10585ee77096e9ba184403b0ab7d32108e31210e2cddbcaf01a",
        "retail/tools.json":
            "da43b49f4783a9aa82f97f125b2f4c9b56d053cc27e09903ad0ae075026d72ac",
        "retail/terminate_tools.json":
            "472478efd38dad38f4bc77992229e274aa6ee83f40fd04dec0bd5a2333773b0b",
        "retail/tasks_test.json":
            "b675b0601bdd0d61412620bf7761a89adbe3348cacd9e8bcd8eb23bb8fbe2241",
        "retail/tasks_train.json":
            "15f21384f510c68c3d659a4f433b75000c84b02918fd9d9d882b5e02ad0adcbd",
        "retail/tasks_dev.json":
            "bcec6c032be971ff311e885dec255ef63a5c3434f6aae51a0f84f1162abc1f82",
        "retail/few_shot.jsonl":
            "091066a735d3d2605441764e0a2c6dcc93fb6595b400ff5e354416e6c8ba4a3a",
        "airline/flights.json":
            "444d7565c68434a3e3fb72efd717f9f9cd5c56dce227f6f56e078f1cb0ed233a",
        "airline/reservations.json":
            "1cf0bbc58ad984be9de7c24dba6dd27393f94cdbd482d8524f6a54db1f561a8c",
        "airline/users.json":
            "bd264e2a31e0fa35cdfef8987e70a0dd3776828b582fe90e7a44823a12eb4cea",
        "airline/policy.md":
            "56c335801c16e26b54f600f9db99eb04d31db477e86eb160341d5c66b796c5c8",
        "airline/rules.json":
            "37517e5f3dc66819f61f5a7bb8ace1921282415f10551d2defa5c3eb0985b570",
        "airline/tools.json":
            "d8cfd82569349eb7518f92db41545c58b9a20864b9582c450bedec0257382b7b",
        "airline/terminate_tools.json":
            "472478efd38dad38f4bc77992229e274aa6ee83f40fd04dec0bd5a2333773b0b",
        "airline/tasks_test.json":
            "06ba42ce9d0359322997ce57d5ed88ac0855d42addc3fc7d18422e143f836d96",
        "airline/few_shot.jsonl":
            "7b14cd22355cd8245662e6d2b54e5dcad7e7e7e14f2e2e009a5649f915d9ac11",
    ]
}
