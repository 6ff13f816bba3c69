// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.HistoryEvent;
import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.LogLine;
import io.jobyard.api.Progress;
import io.jobyard.api.Reason;
import io.jobyard.api.StatusReporter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Prints the events of a job except its end while the user waits for the job. Each event takes one line, in order of
 * time.
 */
final class LiveJob {

    private static final int LONGEST = 1_000;
    private static final int MOST_OF_LOG = 100;

    private record Happening(Instant at, String text) {}

    private final StatusReporter status;
    private final JobId id;
    private final Screen screen;
    private @Nullable Job before;
    private @Nullable LogLine lastLine;
    private @Nullable Progress lastProgress;
    private int events;

    LiveJob(StatusReporter status, JobId id, Screen screen) {
        this.status = status;
        this.id = id;
        this.screen = screen;
    }

    /** Skips earlier events, which {@code job:history} and {@code job:log} show. */
    void beginNow() {
        changes(status.history(id));
        lines(status.log(id));
    }

    /** Prints new events. If the store is not available, the next call prints them. */
    void tell(Job now) {
        boolean changed = !now.equals(before);
        if (!changed && now.status() != JobStatus.RUNNING) {
            return;
        }
        Progress progress = status.progress(id).orElse(null);
        List<HistoryEvent> history = changed ? status.history(id) : List.of();
        List<LogLine> log = status.log(id);
        before = now;
        List<Happening> news = new ArrayList<>(changes(history));
        news.addAll(lines(log));
        if (progress != null && !progress.equals(lastProgress)) {
            lastProgress = progress;
            news.add(new Happening(progress.at(), text(progress)));
        }
        news.sort(Comparator.comparing(Happening::at));
        news.forEach(each -> screen.line(Table.cut(each.text(), LONGEST)));
    }

    private List<Happening> changes(List<HistoryEvent> all) {
        List<Happening> news = all.stream()
                .skip(events)
                .filter(event -> event.from() != null && !event.to().isFinished())
                .filter(event -> event.from() != JobStatus.WAITING || event.to() != JobStatus.QUEUED)
                .map(event -> new Happening(event.at(), text(event)))
                .toList();
        events = Math.max(events, all.size());
        return news;
    }

    private static String text(HistoryEvent event) {
        if (event.from() == JobStatus.QUEUED && event.to() == JobStatus.RUNNING) {
            return "attempt " + event.run().attempt() + " started";
        } else if (event.reason() == Reason.RETRY && event.from() == JobStatus.RUNNING) {
            return "attempt " + event.run().attempt() + " failed: " + event.why();
        }
        String state = JobText.state(event.to(), event.reason());
        return event.why().isEmpty() ? state : state + "; " + event.why();
    }

    private static String text(Progress progress) {
        String far = progress.total() > 0
                ? Math.round(100.0 * progress.done() / progress.total()) + " %"
                : "" + progress.done();
        return "progress " + far + (progress.text().isEmpty() ? "" : ": " + progress.text());
    }

    private List<Happening> lines(List<LogLine> all) {
        List<LogLine> fresh = all.subList(all.lastIndexOf(lastLine) + 1, all.size());
        List<Happening> news = new ArrayList<>();
        int skipped = Math.max(0, fresh.size() - MOST_OF_LOG);
        if (skipped > 0) {
            news.add(new Happening(
                    fresh.get(skipped).at(), "log: … " + skipped + " lines; job:log " + id + " shows them"));
        }
        fresh.stream().skip(skipped).forEach(line -> news.add(new Happening(line.at(), "log: " + line.text())));
        lastLine = all.isEmpty() ? null : all.get(all.size() - 1);
        return news;
    }
}
