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

/** Tool that lists the headings of a Markdown text. */
@Component
@Tool("outline_markdown")
public final class OutlineMarkdown implements LlmTool {

    private final Tokenizer tokenizer;

    @Activate
    public OutlineMarkdown(@Reference Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    @Override
    public String description() {
        return """
                Lists the headings of a Markdown text. Returns headings (level, title, line from 1, tokens of the \
                section with its subsections), heading_count, and the name of the encoding.""";
    }

    @Override
    public String parametersSchema() {
        return """
                {
                  "type": "object",
                  "properties": {
                    "text": {"type": "string", "description": "The Markdown text."}
                  },
                  "required": ["text"],
                  "additionalProperties": false
                }
                """;
    }

    @Override
    public Map<String, Object> call(ToolParameters parameters, JobContext context) {
        parameters.only("text");
        List<Heading> headings = new Outline(tokenizer).of(parameters.text("text"));
        Map<String, Object> result = new LinkedHashMap<>(); // keeps this order in the JSON
        result.put("headings", headings);
        result.put("heading_count", headings.size());
        result.put("encoding", tokenizer.encoding());
        return result;
    }
}
