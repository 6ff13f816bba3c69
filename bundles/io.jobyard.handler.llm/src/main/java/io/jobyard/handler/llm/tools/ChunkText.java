// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.tools;

import io.jobyard.api.handler.JobContext;
import io.jobyard.handler.llm.api.LlmTool;
import io.jobyard.handler.llm.api.Tool;
import io.jobyard.handler.llm.api.ToolParameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Tool that splits a text into chunks that fit a model's context window. */
@Component
@Tool("chunk_text")
public final class ChunkText implements LlmTool {

    static final int MOST_TOKENS = 1_000_000;

    private static final int DEFAULT_MAX_TOKENS = 512;
    private static final int DEFAULT_OVERLAP_TOKENS = 64;

    private final Tokenizer tokenizer;

    @Activate
    public ChunkText(@Reference Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    @Override
    public String description() {
        return """
                Cuts a text into chunks of at most max_tokens tokens, at the ends of paragraphs where it can, else of \
                sentences, else of words. A chunk repeats up to overlap_tokens tokens of the one before. Returns chunks \
                (text, tokens, start and end: offsets in the text, in UTF-16 units), chunk_count, and the name of the \
                encoding.""";
    }

    @Override
    public String parametersSchema() {
        return """
                {
                  "type": "object",
                  "properties": {
                    "text": {"type": "string", "description": "The text to cut."},
                    "max_tokens": {
                      "type": "integer", "minimum": 4, "maximum": 1000000, "default": 512,
                      "description": "The most tokens a chunk may have."
                    },
                    "overlap_tokens": {
                      "type": "integer", "minimum": 0, "maximum": 500000, "default": 64,
                      "description": "The most tokens a chunk repeats; half of max_tokens at most."
                    }
                  },
                  "required": ["text"],
                  "additionalProperties": false
                }
                """;
    }

    @Override
    public Map<String, Object> call(ToolParameters parameters, JobContext context) throws InterruptedException {
        parameters.only("text", "max_tokens", "overlap_tokens");
        String text = parameters.text("text");
        int max = parameters.integer(
                "max_tokens", DEFAULT_MAX_TOKENS, Tokenizer.MOST_TOKENS_OF_A_CODE_POINT, MOST_TOKENS);
        int half = max / 2;
        int overlap = parameters.integer("overlap_tokens", Math.min(DEFAULT_OVERLAP_TOKENS, half), 0, half);
        List<Chunk> chunks = new Chunker(tokenizer, text, max, overlap).chunks();
        Map<String, Object> result = new LinkedHashMap<>(); // keeps this order in the JSON
        result.put("chunks", chunks);
        result.put("chunk_count", chunks.size());
        result.put("encoding", tokenizer.encoding());
        return result;
    }
}
