// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobyard.store.postgres.FreePort;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.Rule;
import org.junit.Test;

/**
 * How long the frames of the console are while jobs change a thousand times a second, and while nothing does. Run it by its name;
 * {@code -Dseconds=30}. It reports, and asserts no time.
 */
public class ConsoleFrames {

    private static final int SECONDS = Integer.getInteger("seconds", 30);
    private static final int JOBS = 100;
    /** A job is submitted, started and ended: three events. */
    private static final int PAUSE_MILLIS = 1_000 * 3 * JOBS / 1_000;

    private static final String WATCH = """
            window.frames_ = []; window.tasks = [];
            window.taskWatch?.disconnect();
            window.taskWatch = new PerformanceObserver((list) => list.getEntries().forEach((each) => tasks.push(each.duration)));
            taskWatch.observe({type: 'longtask'});
            window.watching = true;
            let last = performance.now();
            const next = (now) => { frames_.push(now - last); last = now; if (watching) requestAnimationFrame(next); };
            requestAnimationFrame(next);""";
    private static final String READ = """
            watching = false;
            frames_.sort((a, b) => b - a); tasks.sort((a, b) => b - a);
            return `${frames_.length} frames, longest ${frames_.slice(0, 3).map(Math.round)} ms, ${frames_.filter((each) => each > 100).length} over 100 ms; `
                + `${tasks.length} tasks over 50 ms, longest ${tasks.slice(0, 3).map(Math.round)} ms`""";

    @Rule
    public final HostProcess host = new HostProcess().withExamples();

    @Test
    public void ofTheOverviewTheListAndAJob() throws Exception {
        int port = FreePort.next();
        host.configure("io.jobyard.http", "port = " + port);
        host.start();
        try (ConsoleBrowser browser = new ConsoleBrowser(port)) {
            browser.open(host.json("job:console").get("url").asText());
            browser.settled();
            String job = host.json("job:submit sleep '{\"millis\": 3600000}'")
                    .get("id")
                    .asText();
            List<String> screens = List.of("overview", "jobs", "jobs/" + job);
            for (String screen : screens) {
                report("idle", browser, screen);
            }
            ScheduledExecutorService load = Executors.newSingleThreadScheduledExecutor();
            try (Dialogue dialogue = host.dialogue()) {
                load.scheduleAtFixedRate(
                        () -> dialogue.answer("job:submit echo {} --times " + JOBS),
                        0,
                        PAUSE_MILLIS,
                        TimeUnit.MILLISECONDS);
                await().atMost(HostProcess.TIMEOUT).until(() -> total(changes(browser)) > 20 * JOBS);
                for (String screen : screens) {
                    report("loaded", browser, screen);
                }
                load.shutdownNow();
                assertThat(load.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
            }
        }
    }

    private static void report(String when, ConsoleBrowser browser, String screen) {
        browser.go(screen);
        Map<?, ?> before = changes(browser);
        long began = System.nanoTime();
        browser.script(WATCH);
        browser.comes("return false", SECONDS);
        Object frames = browser.script(READ);
        double seconds = (System.nanoTime() - began) / 1e9;
        System.out.printf(
                "%s, %s: %s; about %.0f changes of jobs a second%n",
                screen, when, frames, 3 * (total(changes(browser)) - total(before)) / seconds);
    }

    private static Map<?, ?> changes(ConsoleBrowser browser) {
        return (Map<?, ?>) browser.get("/api/v1/statistics").get("byStatus");
    }

    private static long total(Map<?, ?> byStatus) {
        return ((Number) byStatus.get("completed")).longValue();
    }
}
