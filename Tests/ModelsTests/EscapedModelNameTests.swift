import Models
import Testing

@Suite struct EscapedModelNameTests {
    @Test(arguments: [
        ("gpt-4o", "gpt-4o"), ("openai_gpt-4o", "openai/gpt-4o"), ("openai/gpt-4o", "openai/gpt-4o"),
        ("openrouter_qwen_qwen3-32b", "openrouter/qwen/qwen3-32b"), ("openai_my__model", "openai/my_model"),
        ("my__model", "my_model"), ("hosted_vllm_qwen", "hosted_vllm/qwen"),
        ("together_ai_meta-llama_Llama-3", "together_ai/meta-llama/Llama-3"),
        ("hosted_vllm_my__model_v1", "hosted_vllm/my_model/v1"), ("openai/a_b", "openai/a_b"),
        ("a___b", "a_/b"), ("lm/studio_x", "lm/studio_x"),
    ])
    func aNameWithoutSlashesCanNameEveryModel(escaped: String, name: String) {
        #expect(ModelNameResolver.name(escaped: escaped) == name)
    }
}
