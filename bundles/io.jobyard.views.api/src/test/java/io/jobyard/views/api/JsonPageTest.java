// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.doubles.GeneratedFolder;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of JSON is made from the views and from the reader of specifications. */
class JsonPageTest {

    private static final Path PAGES = Path.of("..", "..", "docs", "reference", "json");
    private static final String SPECIFICATION = "specification";
    private static final String SPECIFIED = "A job to submit. Only `type` and `payload` are required.";
    private static final String HOW = "mvn -pl bundles/io.jobyard.views.api -am test -Dtest=JsonPageTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Djobyard.docs.write=true";

    private static final List<Class<?>> IN_ORDER = List.of(
            JobView.class,
            StepView.class,
            FacetView.class,
            GraphView.class,
            GroupView.class,
            ChangeView.class,
            ErrorView.class,
            PreviewView.class,
            BulkView.class,
            EventView.class,
            PulseView.class,
            BlockerView.class,
            QueueView.class,
            ScheduleView.class,
            LimitView.class,
            HandlerView.class,
            CanaryView.class,
            HostView.class,
            StatisticsView.class,
            SampleView.class,
            UsageView.class,
            FindingView.class,
            ConfigurationView.class,
            UserView.class,
            TokenView.class,
            SessionView.class,
            AuditView.class,
            CallerView.class,
            MaintenanceView.class);

    private final Set<View<?>> views = new LinkedHashSet<>();

    @Test
    void thePagesSayWhatTheViewsSay() throws Exception {
        GeneratedFolder.requirePages(PAGES, pages(), HOW);
    }

    @Test
    void eachViewIsOnThePageUnderANameOfItsOwn() throws Exception {
        try (Stream<Path> sources = Files.list(Path.of("src", "main", "java", "io", "jobyard", "views", "api"))) {
            assertThat(sources.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith("View.java") && !name.equals("View.java")))
                    .containsExactlyInAnyOrderElementsOf(IN_ORDER.stream()
                            .map(type -> type.getSimpleName() + ".java")
                            .toList());
        }
        collect();
        assertThat(views).hasSizeGreaterThan(30).extracting(View::name).doesNotHaveDuplicates();
    }

    /** The index, and a page for each object. */
    private Map<String, String> pages() throws Exception {
        collect();
        Map<String, String> pages = new LinkedHashMap<>();
        StringBuilder index = new StringBuilder();
        try (var head = JsonPageTest.class.getResourceAsStream("/json-head.md")) {
            index.append(new String(head.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
        }
        index.append("\n| Object | Meaning |\n|---|---|\n");
        add(pages, index, SPECIFICATION, SPECIFIED, specification());
        views.forEach(view -> add(pages, index, view.name(), view.meaning(), fields(view)));
        pages.put("README.md", index.toString());
        return pages;
    }

    private static void add(Map<String, String> pages, StringBuilder index, String name, String meaning, String rows) {
        index.append("| ")
                .append(link(name))
                .append(" | ")
                .append(escaped(meaning))
                .append(" |\n");
        String title = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1) + " (JSON)";
        String page = "# " + title + "\n\n" + meaning + "\n\n| Field | Type | Meaning |\n|---|---|---|\n" + rows
                + "\n[All JSON objects](README.md)\n";
        assertThat(pages.put(file(name), page)).as("two objects are %s", name).isNull();
    }

    private static String specification() {
        StringBuilder rows = new StringBuilder();
        JobField.ALL.forEach(field -> row(rows, field.name(), field.type().words() + " | " + escaped(field.meaning())));
        return rows.toString();
    }

    private static String fields(View<?> view) {
        StringBuilder rows = new StringBuilder();
        view.fields().forEach(field -> row(rows, field.name(), type(field) + " | " + escaped(field.meaning())));
        return rows.toString();
    }

    private static String file(String name) {
        return name.replace(' ', '-') + ".md";
    }

    private static String link(String name) {
        return "[" + name + "](" + file(name) + ")";
    }

    private static void row(StringBuilder page, String name, String rest) {
        page.append("| `").append(name).append("` | ").append(rest).append(" |\n");
    }

    private static String escaped(String meaning) {
        return meaning.replace("|", "\\|");
    }

    private static String type(View.ViewField<?> field) {
        View<?> view = field.view();
        String link = view == null ? "" : link(view.name());
        return field.type().words() + link + (field.nullable() ? ", or null" : "");
    }

    /** Those of each class, and before each those within it. */
    private void collect() throws IllegalAccessException {
        for (Class<?> type : IN_ORDER) {
            for (Field field : type.getDeclaredFields()) {
                if (field.getType() == View.class) {
                    field.setAccessible(true);
                    views.add((View<?>) field.get(null));
                }
            }
        }
        List<View<?>> within = new ArrayList<>();
        views.forEach(view -> view.fields().forEach(field -> {
            if (field.view() != null) {
                within.add(field.view());
            }
        }));
        assertThat(views).containsAll(within);
    }
}
