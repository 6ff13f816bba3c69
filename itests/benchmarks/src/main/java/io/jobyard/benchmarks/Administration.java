// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What an administrator asks of a host with a million jobs of up to 20 labels: by services, by HTTP as the console does, and by the
 * shell. The instance stays in {@code kept/million} of the directory, and the next run goes on with its jobs.
 */
final class Administration {

    private static final int USERS = 1_000;
    private static final int LABELS = 20;
    private static final int ROUNDS = 20;
    private static final String WANTED = "100";
    private static final String OF_THE_CONSOLE = "200";
    /** What the screens of the console ask for when they are opened. */
    private static final List<String> REQUESTS = List.of(
            "/me",
            "/statistics",
            "/doctor",
            "/jobs?limit=50",
            "/jobs/facets",
            "/jobs?status=failed&limit=50",
            "/jobs/facets?status=failed",
            "/jobs?queue=queue0&limit=50",
            "/jobs/facets?queue=queue0",
            "/jobs?submitter=user7&limit=50",
            "/jobs/facets?submitter=user7",
            "/jobs?label=label2%3Dv7&limit=50",
            "/jobs/facets?label=label2%3Dv7",
            "/jobs?since=1h&limit=50",
            "/jobs/facets?since=1h",
            "/jobs?order=oldest&limit=50",
            "/jobs/ready?limit=50",
            "/queues",
            "/limits",
            "/handlers",
            "/types",
            "/schedules",
            "/usage",
            "/audit",
            "/hosts");

    private static final List<String> COMMANDS = List.of(
            "job:hosts",
            "job:list",
            "job:list --status failed --limit 100",
            "job:list --queue queue0 --label label2=v7",
            "job:list --facets");

    private final Stage stage;
    private final MeasuredHost host;
    private final List<Figure> figures = new ArrayList<>();

    private Administration(Stage stage, MeasuredHost host) {
        this.stage = stage;
        this.host = host;
    }

    static List<Figure> measure(Stage stage) throws Exception {
        MeasuredHost host = stage.keptHost("million");
        String users = IntStream.range(0, USERS).mapToObj(n -> "user:user" + n).collect(Collectors.joining(", "));
        host.configure("io.jobyard.roles-users", "members = " + users + "\npermissions = submit");
        WebSubmits.startOpen(stage, host);
        return new Administration(stage, host).measure();
    }

    private List<Figure> measure() throws Exception {
        if (host.ask("ready").get("completed").asLong() == 0) {
            fill(stage.scaled(1_000_000));
        }
        for (JsonNode one : host.ask("searches", ROUNDS)) {
            String what = one.get("what").asText() + " (" + one.get("jobs").asText() + ")";
            String partial = one.get("whole").asBoolean() ? "" : ", not whole";
            value(what + ", first page, p95" + partial, "ms", one.get("first").asDouble(), WANTED);
            value(
                    what + ", hundredth page, p95" + partial,
                    "ms",
                    one.get("hundredth").asDouble(),
                    WANTED);
            value(what + ", numbers, p95" + partial, "ms", one.get("count").asDouble(), WANTED);
        }
        errors();
        try (WebClient client = WebClient.signedIn(host.shell("job:console").strip())) {
            for (String request : REQUESTS) {
                value("GET " + request + ", p95", "ms", client.ask(request, ROUNDS), OF_THE_CONSOLE);
            }
        }
        for (String command : COMMANDS) {
            List<Double> seconds = new ArrayList<>();
            for (int n = 0; n < 5; n++) {
                seconds.add(host.secondsOf(command));
            }
            figures.add(Figure.value("W21", command, "s", seconds, ""));
        }
        value("resident memory at the end", "MB", host.residentMegabytes(), "");
        return figures;
    }

    private void fill(int count) throws Exception {
        double empty = host.diskMegabytes();
        int ended = count / 10 * 9;
        stage.tell("submits " + ended + " jobs and works them off");
        value(
                "submitted in batches of 20 and worked off at once",
                "jobs/s",
                host.measure("workAtOnce", ended, LABELS, 1).rate(),
                "");
        stage.tell("submits " + (count - ended) + " more");
        value(
                "submitted in batches of 20",
                "jobs/s",
                host.measure("populate", count - ended, LABELS, 2).rate(),
                "");
        value("disk", "MB", host.diskMegabytes() - empty, "");
        value("resident memory before any search", "MB", host.residentMegabytes(), "");
    }

    private void errors() throws Exception {
        List<Double> pages = new ArrayList<>();
        host.ask("errors").forEach(page -> pages.add(page.asDouble()));
        value("a text that no error has, among the failed: pages", "", pages.size(), "");
        value("the longest of them", "ms", Collections.max(pages), "about 1000");
    }

    private void value(String what, String unit, double value, String wanted) {
        figures.add(Figure.value("W21", what, unit, List.of(value), wanted));
    }
}
