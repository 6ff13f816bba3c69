// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests.conformance;

import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.JobHandler;
import io.jobyard.api.handler.PermanentException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/** The tools that the conformance suite of MCP calls, as job types. */
public final class ConformanceTools {

    private static final String PIXEL =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";
    private static final String SILENCE = "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=";
    /** What a call waits for a job in that run, and a bit. */
    private static final long BEYOND_PATIENCE_MILLIS = 1_500;

    private static final Map<String, Object> IMAGE = Map.of("type", "image", "data", PIXEL, "mimeType", "image/png");

    private ConformanceTools() {}

    private static Map<String, Object> text(String text) {
        return content(Map.of("type", "text", "text", text));
    }

    private static Map<String, Object> content(Object... blocks) {
        return Map.of("content", List.of(blocks));
    }

    private static Map<String, Object> resource(String uri, String type, String text) {
        return Map.of("type", "resource", "resource", Map.of("uri", uri, "mimeType", type, "text", text));
    }

    /** A short one. */
    @Component
    @HandlesJob(value = "greet", description = "Greets by name.")
    public static final class Greet implements JobHandler {
        @Override
        public Map<String, Object> handle(JobContext context) {
            return text("Hello, " + context.payload().get("name") + "!");
        }
    }

    /** Longer than a call waits, unless it takes no time. */
    @Component
    @HandlesJob(value = "slow_compute", description = "Takes some seconds.")
    public static final class SlowCompute implements JobHandler {
        @Override
        public Map<String, Object> handle(JobContext context) throws InterruptedException {
            int seconds = ((Number) context.payload().get("seconds")).intValue();
            if (seconds > 0) {
                Thread.sleep(seconds * 1_000L + BEYOND_PATIENCE_MILLIS);
            }
            return text("computed for " + seconds + " s");
        }
    }

    /** Fails, and later than a call waits. */
    @Component
    @HandlesJob(value = "failing_job", description = "Fails after a while.")
    public static final class FailingJob implements JobHandler {
        @Override
        public Map<String, Object> handle(JobContext context) throws Exception {
            Thread.sleep(BEYOND_PATIENCE_MILLIS);
            throw new PermanentException("this job fails");
        }
    }

    /** Waits for a person. */
    @Component
    @HandlesJob(value = "confirm_delete", description = "Deletes nothing, once somebody confirms it.")
    public static final class ConfirmDelete implements JobHandler {
        @Override
        public Map<String, Object> handle(JobContext context) {
            return text("confirmed by "
                    + context.signal("confirm", Object.class, Duration.ofHours(1))
                            .orElse("nobody"));
        }
    }

    /** Says something. */
    @Component
    @HandlesJob(value = "test_simple_text", description = "Says something.")
    public static final class SimpleText implements JobHandler {
        @Override
        public Map<String, Object> handle(JobContext context) {
            return text("This is a simple text response for testing.");
        }
    }

    /** Fails at once. */
    @Component
    @HandlesJob(value = "test_error_handling", description = "Fails at once.")
    public static final class ErrorHandling implements JobHandler {
        @Override
        public Map<String, Object> handle(JobContext context) throws Exception {
            throw new PermanentException("This tool intentionally returns an error for testing");
        }
    }

    /** Writes to its log, which no client is sent. */
    @Component
    @HandlesJob(value = "test_logging_tool", description = "Writes to its log.")
    public static final class LoggingTool implements JobHandler {
        @Override
        public Map<String, Object> handle(JobContext context) {
            context.log("a line");
            return text("logged");
        }
    }

    /** Shows a picture. */
    @Component
    @HandlesJob(value = "test_image_content", description = "Shows a picture.")
    public static final class ImageContent implements JobHandler {
        @Override
        public Map<String, Object> handle(JobContext context) {
            return content(IMAGE);
        }
    }

    /** Plays nothing. */
    @Component
    @HandlesJob(value = "test_audio_content", description = "Plays silence.")
    public static final class AudioContent implements JobHandler {
        @Override
        public Map<String, Object> handle(JobContext context) {
            return content(Map.of("type", "audio", "data", SILENCE, "mimeType", "audio/wav"));
        }
    }

    /** Hands over a document. */
    @Component
    @HandlesJob(value = "test_embedded_resource", description = "Hands over a document.")
    public static final class EmbeddedResource implements JobHandler {
        @Override
        public Map<String, Object> handle(JobContext context) {
            return content(resource("test://embedded-resource", "text/plain", "This is an embedded resource content."));
        }
    }

    /** Several things. */
    @Component
    @HandlesJob(value = "test_multiple_content_types", description = "Gives several things.")
    public static final class MixedContent implements JobHandler {
        @Override
        public Map<String, Object> handle(JobContext context) {
            return content(
                    Map.of("type", "text", "text", "Multiple content types test:"),
                    IMAGE,
                    resource("test://mixed-content-resource", "application/json", "{\"test\":\"data\",\"value\":123}"));
        }
    }

    /** Has all of JSON Schema. */
    @Component
    @HandlesJob(value = "json_schema_2020_12_tool", description = "Has a schema that uses much of JSON Schema.")
    public static final class SchemaTool implements JobHandler {
        @Override
        public Map<String, Object> handle(JobContext context) {
            return text("it fits");
        }
    }

    /** Wants an argument repeated in a header. */
    @Component
    @HandlesJob(value = "header_tool", description = "Wants an argument repeated in a header.")
    public static final class HeaderTool implements JobHandler {
        @Override
        public Map<String, Object> handle(JobContext context) {
            return text("region " + context.payload().get("region"));
        }
    }

    /** The schemas of these. */
    public static Map<String, String> schemas() {
        return Map.of("json_schema_2020_12_tool", """
                {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
                 "$defs": {"address": {"$anchor": "addressDef", "type": "object",
                   "properties": {"street": {"type": "string"}, "city": {"type": "string"}}}},
                 "properties": {"name": {"type": "string"}, "address": {"$ref": "#/$defs/address"},
                   "contactMethod": {"type": "string", "enum": ["phone", "email"]},
                   "phone": {"type": "string"}, "email": {"type": "string"}},
                 "allOf": [{"anyOf": [{"required": ["phone"]}, {"required": ["email"]}]}],
                 "if": {"properties": {"contactMethod": {"const": "phone"}}, "required": ["contactMethod"]},
                 "then": {"required": ["phone"]}, "else": {"required": ["email"]}, "additionalProperties": false}
                """, "header_tool", """
                {"type": "object", "properties": {"region": {"type": "string", "x-mcp-header": "Region"}}}
                """);
    }
}
