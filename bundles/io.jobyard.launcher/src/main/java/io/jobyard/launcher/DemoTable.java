// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Results of the demo's jobs, one line for each page. */
final class DemoTable {

    private static final int NAME = 35;
    private static final String LINE = "%-" + NAME + "s %8s %6s %5s %6s %7s %7s";

    private final Map<String, DemoPage> pages = new LinkedHashMap<>();
    private String total = "";
    private long tokens;

    void add(JsonNode job) {
        JsonNode result = job.path("result");
        Duration took = took(job);
        String name = job.path("labels").path("page").asText();
        if (name.isEmpty()) {
            total = line("total, from a job that waited for them", result, tokens, took);
            return;
        }
        DemoPage page = pages.computeIfAbsent(name, any -> new DemoPage());
        page.took = page.took.plus(took);
        result.properties().forEach(field -> page.result.set(field.getKey(), field.getValue()));
        tokens += paid(result);
    }

    /** Returns the input and output tokens of one job's calls. */
    private static long paid(JsonNode result) {
        return result.at("/usage/inputTokens").asLong()
                + result.at("/usage/outputTokens").asLong();
    }

    /** Returns the tokens of all jobs. */
    long tokens() {
        return tokens;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, LINE, "page", "headings", "chunks", "calls", "tokens", "usd", "time"));
        pages.forEach((name, page) -> lines.add(line(name, page.result, paid(page.result), page.took)));
        lines.add(total);
        return lines;
    }

    private static String line(String name, JsonNode result, long tokens, Duration took) {
        return String.format(
                Locale.ROOT,
                LINE,
                shown(name),
                result.path("heading_count").asText("-"),
                result.path("chunk_count").asText("-"),
                result.path("calls").asText("-"),
                tokens,
                result.has("cost")
                        ? String.format(Locale.ROOT, "%.5f", result.get("cost").asDouble())
                        : "-",
                took.toMillis() + " ms");
    }

    private static String shown(String page) {
        String name = page.replaceFirst("^docs/", "").replaceFirst("\\.md$", "");
        return name.length() > NAME ? name.substring(0, NAME - 1) + "…" : name;
    }

    private static Duration took(JsonNode job) {
        String startedAt = job.path("startedAt").asText("");
        String completedAt = job.path("completedAt").asText("");
        boolean known = !startedAt.isEmpty() && !startedAt.equals("null") && !completedAt.equals("null");
        return known ? Duration.between(Instant.parse(startedAt), Instant.parse(completedAt)) : Duration.ZERO;
    }

    private static final class DemoPage {

        private final ObjectNode result = JsonNodeFactory.instance.objectNode();
        private Duration took = Duration.ZERO;
    }
}
