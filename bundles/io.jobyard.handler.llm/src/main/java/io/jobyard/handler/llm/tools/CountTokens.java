// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.tools;

import io.jobyard.api.handler.JobContext;
import io.jobyard.handler.llm.api.LlmTool;
import io.jobyard.handler.llm.api.Tool;
import io.jobyard.handler.llm.api.ToolParameters;
import java.util.LinkedHashMap;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Tool that counts the tokens of a text. */
@Component
@Tool("count_tokens")
public final class CountTokens implements LlmTool {

    private final Tokenizer tokenizer;

    @Activate
    public CountTokens(@Reference Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    @Override
    public String description() {
        return "Counts the tokens of a text. Returns tokens, and the name of the encoding.";
    }

    @Override
    public String parametersSchema() {
        return """
                {
                  "type": "object",
                  "properties": {
                    "text": {"type": "string", "description": "The text to count."}
                  },
                  "required": ["text"],
                  "additionalProperties": false
                }
                """;
    }

    @Override
    public Map<String, Object> call(ToolParameters parameters, JobContext context) {
        parameters.only("text");
        Map<String, Object> result = new LinkedHashMap<>(); // keeps this order in the JSON
        result.put("tokens", tokenizer.count(parameters.text("text")));
        result.put("encoding", tokenizer.encoding());
        return result;
    }
}
