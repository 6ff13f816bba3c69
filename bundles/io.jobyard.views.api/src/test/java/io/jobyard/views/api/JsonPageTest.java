// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of JSON is made from the views and from the reader of specifications. */
class JsonPageTest {

    private static final Path PAGE = Path.of("..", "..", "docs", "reference", "json.md");
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
    void thePageSaysWhatTheViewsSay() throws Exception {
        String page = page();
        if (Boolean.getBoolean("jobyard.docs.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).as("stale; make it anew with: %s", HOW).hasContent(page);
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

    private String page() throws Exception {
        collect();
        StringBuilder page = new StringBuilder();
        try (var head = JsonPageTest.class.getResourceAsStream("/json-head.md")) {
            page.append(new String(head.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
        }
        page.append(
                "\n## specification\n\nSpecification of a job. `type` and `payload` are required; all other fields are optional.\n\n");
        page.append("| Field | Type | Meaning |\n|---|---|---|\n");
        JobField.ALL.forEach(field -> row(page, field.name(), field.type().words() + " | " + escaped(field.meaning())));
        for (View<?> view : views) {
            page.append("\n## ").append(view.name()).append("\n\n").append(view.meaning());
            page.append("\n\n| Field | Type | Meaning |\n|---|---|---|\n");
            view.fields().forEach(field -> row(page, field.name(), type(field) + " | " + escaped(field.meaning())));
        }
        return page.toString();
    }

    private static void row(StringBuilder page, String name, String rest) {
        page.append("| `").append(name).append("` | ").append(rest).append(" |\n");
    }

    private static String escaped(String meaning) {
        return meaning.replace("|", "\\|");
    }

    private static String type(View.ViewField<?> field) {
        View<?> view = field.view();
        String link =
                view == null ? "" : "[" + view.name() + "](#" + view.name().replace(' ', '-') + ")";
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
