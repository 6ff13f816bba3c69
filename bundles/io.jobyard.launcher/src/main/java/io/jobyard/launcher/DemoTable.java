// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The results of the demo's jobs, a line for each page. */
final class DemoTable {

    private static final String LINE = "%-46s %8s %7s %7s %7s";

    private final Map<String, Page> pages = new LinkedHashMap<>();
    private String total = "";

    void add(JsonNode job) {
        JsonNode result = job.path("result");
        Duration took = took(job);
        String name = job.path("labels").path("page").asText();
        if (name.isEmpty()) {
            total = line(
                    "total, by a job that waited for the others",
                    result.path("heading_count").asText(),
                    result.path("tokens").asText(),
                    result.path("chunk_count").asText(),
                    took);
            return;
        }
        Page page = pages.computeIfAbsent(name, any -> new Page());
        page.took = page.took.plus(took);
        result.properties()
                .forEach(field ->
                        page.numbers.put(field.getKey(), field.getValue().asText()));
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, LINE, "page", "headings", "tokens", "chunks", "time"));
        pages.forEach((name, page) -> lines.add(line(
                name, page.number("heading_count"), page.number("tokens"), page.number("chunk_count"), page.took)));
        lines.add(total);
        return lines;
    }

    private static String line(String name, String headings, String tokens, String chunks, Duration took) {
        return String.format(Locale.ROOT, LINE, name, headings, tokens, chunks, took.toMillis() + " ms");
    }

    private static Duration took(JsonNode job) {
        String startedAt = job.path("startedAt").asText("");
        String completedAt = job.path("completedAt").asText("");
        boolean known = !startedAt.isEmpty() && !startedAt.equals("null") && !completedAt.equals("null");
        return known ? Duration.between(Instant.parse(startedAt), Instant.parse(completedAt)) : Duration.ZERO;
    }

    private static final class Page {

        private final Map<String, String> numbers = new LinkedHashMap<>();
        private Duration took = Duration.ZERO;

        private String number(String key) {
            return numbers.getOrDefault(key, "-");
        }
    }
}
