// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.modelserver.Account;
import io.jobyard.modelserver.Charge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Pipeline of the demo. Jobs create the outline, chunks and summary of each page. Another job waits for all of
 * them and adds up their results. The last job requires an approval.
 */
final class Demo {

    private static final long LOOK_MILLIS = 100;
    private static final int SHOWN_CHARACTERS = 180;

    private final HostShell shell;
    private final DemoModel model;
    private final List<Path> pages;
    private final Path home;

    Demo(HostShell shell, DemoModel model, List<Path> pages, Path home) {
        this.shell = shell;
        this.model = model;
        this.pages = pages;
        this.home = home;
    }

    /** Returns whether every job completed. */
    boolean run(boolean terminal) throws IOException, InterruptedException {
        DemoBatch batch = new DemoBatch();
        for (Path page : pages) {
            batch.add(home.relativize(page).toString(), Files.readString(page));
        }
        JsonNode answer = shell.json("job:submit --batch - --json", batch.lines());
        List<String> ids = new ArrayList<>();
        answer.get("ids").forEach(id -> ids.add(id.asText()));
        System.out.println(ids.size() + " jobs for " + pages.size()
                + " pages: an outline, chunks and a summary of each page," + " and one job for the total");
        if (terminal) {
            followWithBar(ids.size());
        } else {
            followWithLines(ids.size());
        }
        boolean completed = report(ids);
        System.out.println();
        return new DemoApproval(shell, System.out).run() && completed;
    }

    private void followWithBar(int jobs) throws IOException, InterruptedException {
        ProgressBarBuilder builder = ProgressBar.builder()
                .setTaskName("jobs")
                .setInitialMax(jobs)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis((int) LOOK_MILLIS);
        try (ProgressBar bar = builder.build()) {
            for (int over = over(); over < jobs; over = over()) {
                bar.stepTo(over);
                Thread.sleep(LOOK_MILLIS);
            }
            bar.stepTo(jobs);
        }
    }

    private void followWithLines(int jobs) throws IOException, InterruptedException {
        int said = -1;
        for (int over = over(); over < jobs; over = over()) {
            if (over * 4 / jobs > said) {
                said = over * 4 / jobs;
                System.out.println(over + " of " + jobs + " jobs finished");
            }
            Thread.sleep(LOOK_MILLIS);
        }
        System.out.println(jobs + " of " + jobs + " jobs finished");
    }

    private int over() throws IOException {
        JsonNode byStatus = shell.json("job:stats --json", "").get("byStatus");
        return byStatus.path("completed").asInt()
                + byStatus.path("failed").asInt()
                + byStatus.path("cancelled").asInt();
    }

    private boolean report(List<String> ids) throws IOException {
        boolean completed = true;
        DemoTable table = new DemoTable();
        for (String id : ids) {
            JsonNode job = shell.json("job:show " + id + " --json", "");
            boolean good = job.get("status").asText().equals("completed");
            if (!good) {
                System.err.println("jobyard: job " + id + " is "
                        + job.get("status").asText() + ": " + job.path("error").asText());
            }
            completed &= good;
            table.add(job);
        }
        System.out.println();
        table.lines().forEach(System.out::println);
        showStream(ids.get(ids.size() - 2));
        return isSettled(table) && completed;
    }

    /** Prints the stored stream of the last summary. */
    private void showStream(String id) throws IOException {
        String text = shell.text("job:stream " + id, "").strip().replaceAll("\\s+", " ");
        System.out.println();
        System.out.println("last summary, from its stream: "
                + (text.length() > SHOWN_CHARACTERS ? text.substring(0, SHOWN_CHARACTERS) + "…" : text));
    }

    /** Returns whether the jobs counted the tokens that the model's server charged. */
    private boolean isSettled(DemoTable table) {
        Account account = model.account().orElse(null);
        if (account == null) {
            return true;
        }
        Charge charged = account.total(charge -> true);
        long tokens = charged.inputTokens() + charged.outputTokens();
        System.out.println(
                "tokens charged by the model's server: " + tokens + "; tokens counted by the jobs: " + table.tokens());
        return tokens == table.tokens();
    }
}
