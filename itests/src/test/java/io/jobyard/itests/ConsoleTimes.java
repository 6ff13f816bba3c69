// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import io.jobyard.store.postgres.FreePort;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;

/**
 * How long the console's screens and their requests take in a browser, on the instance of a million jobs that W21 of the benchmarks
 * leaves: {@code -Dmillion=DIR} names it. Prints a table, and asserts nothing of time.
 */
public class ConsoleTimes {

    private static final int ROUNDS = 5;
    private static final List<String> SCREENS = List.of(
            "overview",
            "jobs",
            "jobs?status=failed",
            "jobs?type=type49",
            "jobs?queue=queue0",
            "jobs?submitter=user7",
            "jobs?label=label2%3Dv7",
            "jobs?since=1h",
            "jobs?order=oldest",
            "jobs?order=queued",
            "queues",
            "handlers",
            "schedules",
            "submit",
            "problems",
            "usage",
            "audit",
            "hosts",
            "tokens");

    @Rule
    public final HostProcess host =
            HostProcess.of(Path.of(System.getProperty("million", "benchmarks/target/runs/kept/million")));

    @Test
    public void printsWhatEachScreenTakes() throws Exception {
        int port = FreePort.next();
        host.configure("io.jobyard.http", "port = " + port);
        host.run();
        System.out.println(host.json("job:list --count"));
        try (ConsoleBrowser browser = new ConsoleBrowser(port)) {
            browser.open(host.json("job:console").get("url").asText());
            browser.settled();
            for (String screen : SCREENS) {
                tell(browser, screen);
            }
            String id = host.json("job:list --status failed --limit 1")
                    .at("/jobs/0/id")
                    .asText();
            tell(browser, "jobs/" + id);
        }
        host.stop();
    }

    /** The first time, and the longest of all. */
    private static void tell(ConsoleBrowser browser, String screen) {
        double first = 0;
        double longest = 0;
        Map<String, Double> requests = new HashMap<>();
        for (int round = 1; round <= ROUNDS; round++) {
            browser.go(screen.equals("tokens") ? "hosts" : "tokens");
            for (Map.Entry<String, Number> one : browser.time(screen).entrySet()) {
                double millis = one.getValue().doubleValue();
                if (!one.getKey().equals("#/" + screen)) {
                    requests.merge(one.getKey(), millis, Math::max);
                } else {
                    first = round == 1 ? millis : first;
                    longest = Math.max(longest, millis);
                }
            }
        }
        String slowest = requests.entrySet().stream()
                .max(Comparator.comparingDouble(Map.Entry::getValue))
                .map(one -> String.format("%s %.0f ms", one.getKey(), one.getValue()))
                .orElse("none");
        System.out.printf("| %s | %.0f | %.0f | %s |%n", screen, first, longest, slowest);
    }
}
