// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobyard.itests.door.Door;
import io.jobyard.store.postgres.FreePort;
import java.io.IOException;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;

/** What a host shows to those who scrape it and may see it. */
public class MetricsIT {

    @ClassRule
    public static final HostProcess HOST = new HostProcess();

    private static RawHttp http;

    @BeforeClass
    public static void start() throws Exception {
        http = new RawHttp(FreePort.next());
        HandlerJar.writeDoor(HOST);
        HOST.configure("io.jobyard.http", "port = " + http.port());
        HOST.configure("io.jobyard.roles-watchers", "members = user:" + Door.USER, "permissions = view");
        HOST.run();
        await().atMost(HostProcess.TIMEOUT).until(() -> scrape().startsWith("HTTP/1.1 200"));
    }

    private static String scrape() throws IOException {
        return http.ask("GET /metrics", "Authorization: Bearer " + Door.TOKEN);
    }

    @Test
    public void areScrapedByWhoMayView() throws Exception {
        HOST.json("job:submit echo {} --await");
        String ended = "jobyard_jobs_ended_total{outcome=\"completed\",queue=\"default\",type=\"echo\"}";
        String text = await().atMost(HostProcess.TIMEOUT) // the meters hear of an end after whoever waits for it
                .until(MetricsIT::scrape, scraped -> scraped.contains(ended));
        assertThat(text)
                .contains("Content-Type: text/plain; version=0.0.4; charset=utf-8")
                .contains("jobyard_run_time_seconds_count{outcome=\"completed\",queue=\"default\",type=\"echo\"}")
                .contains("jobyard_jobs{status=\"completed\"}")
                .contains("jobyard_workers 4.0", "jobyard_workers_stuck 0.0", "jobyard_findings 0.0");
        assertThat(value(text, "jobyard_commit_lag_seconds_count")).isGreaterThanOrEqualTo(3);
        assertThat(value(text, "jobyard_store_reads_seconds_count")).isPositive();
    }

    @Test
    public void areNotForWhoMayNot() throws Exception {
        assertThat(http.ask("GET /metrics")).startsWith("HTTP/1.1 401").doesNotContain("jobyard_");
        HOST.configure("io.jobyard.roles-watchers", "members = user:" + Door.USER, "permissions = submit");
        await().atMost(HostProcess.TIMEOUT).until(() -> scrape().startsWith("HTTP/1.1 403"));
        assertThat(scrape()).contains("missing permission view").doesNotContain("jobyard_jobs");
        HOST.configure("io.jobyard.roles-watchers", "members = user:" + Door.USER, "permissions = view");
        await().atMost(HostProcess.TIMEOUT).until(() -> scrape().startsWith("HTTP/1.1 200"));
    }

    @Test
    public void tellHowFarALimitIsDrawn() throws Exception {
        HOST.configure("io.jobyard.limits-provider", "rate.tokens = 1/d burst 10", "running.max = 2");
        String level = "jobyard_limit_level{limit=\"provider\",unit=\"tokens\"}";
        await().atMost(HostProcess.TIMEOUT).until(() -> scrape().contains(level + " 10.0"));
        HOST.json("job:submit echo {} --limits provider --estimate tokens=4 --await");
        await().atMost(HostProcess.TIMEOUT).until(() -> value(scrape(), level) < 10);
    }

    private static double value(String text, String meter) {
        return text.lines()
                .filter(line -> line.startsWith(meter + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(meter.length() + 1)))
                .findFirst()
                .orElseThrow();
    }
}
