// SPDX-License-Identifier: Apache-2.0
package io.jobyard.webhooks;

import io.jobyard.api.HistoryEvent;
import io.jobyard.api.Job;
import io.jobyard.api.JobFilter;
import io.jobyard.api.JobId;
import io.jobyard.api.JobManager;
import io.jobyard.api.JobQuery;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobState;
import io.jobyard.api.JobStatus;
import io.jobyard.doubles.FakeBundleQuarantine;
import io.jobyard.doubles.FakeHandlerCatalog;
import io.jobyard.doubles.FakeQueueManager;
import io.jobyard.scheduler.SchedulerEngine;
import io.jobyard.scheduler.SchedulerSettings;
import io.jobyard.settings.api.LastGood;
import io.jobyard.settings.api.Settings;
import io.jobyard.settings.api.SettingsReader;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.feed.StoreSnapshot;
import io.jobyard.spi.jobs.EdgeChange;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.SchedulingState;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.schedules.FireAdmission;
import io.jobyard.testkit.InMemoryStore;
import io.jobyard.testkit.LongestDelay;
import io.jobyard.testkit.SettableAccess;
import io.jobyard.testkit.SettableClock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Webhooks on a store in memory; each test says when they turn. */
final class WebhookFixture {

    static final Instant T0 = Instant.parse("2026-03-02T00:00:00Z");

    final SettableClock clock = new SettableClock(T0);
    final SettableAccess access = new SettableAccess();
    final FakeQueueManager queue = new FakeQueueManager();
    final InMemoryStore store = new InMemoryStore(UUID.randomUUID(), "test:1", T0);
    final Map<String, WebhookSettings> webhooks = new HashMap<>();
    final Settings<SchedulerSettings> settings =
            new Settings<>(SchedulerSettings.PID, SchedulerSettings::read, LastGood.none());
    final SchedulerEngine scheduler;
    final JobManager jobs;
    WebhookEngine engine;

    WebhookFixture() {
        scheduler = new SchedulerEngine(
                new SchedulerEngine.Stores(store, store.work(), store, store, store, store, store.bulks()),
                queue,
                new FakeHandlerCatalog("work", "http_request"),
                new FakeBundleQuarantine(),
                access,
                settings::current,
                new SchedulerEngine.Environment(clock, System::nanoTime, new LongestDelay(), pause -> Runnable::run));
        jobs = scheduler.of(Caller.user("ann"));
        engine = another(scheduler.fires());
    }

    /** As another host would have it, or one that begins anew. */
    WebhookEngine another(FireAdmission admission) {
        GoneReceivers gone = new GoneReceivers(store.followers(), store);
        WaitingDeliveries waiting = new WaitingDeliveries(store, scheduler.withdrawal(), clock);
        WebhookEngine next = new WebhookEngine(
                store,
                store.followers(),
                admission,
                settings.current().sizes(),
                () -> Map.copyOf(webhooks),
                gone,
                waiting);
        store.listen(new CommitListener() {
            @Override
            public void opened(StoreSnapshot snapshot) {}

            @Override
            public void committed(List<Committed> changes) {
                next.committed(changes);
            }
        });
        return next;
    }

    void webhook(String name, Map<String, String> more) {
        Map<String, String> values = new HashMap<>(Map.of("url", "https://example.com/hooks", "secret", "hook"));
        values.putAll(more);
        webhooks.put(name, WebhookSettings.read(new SettingsReader(values)));
    }

    JobId submit(String type) {
        return jobs.submit(JobSpecification.type(type).payload(Map.of()).build())
                .id();
    }

    /** A delivery ends, with the error that its handler gave. */
    void end(Job delivery, JobStatus to, String error) {
        StoredJob job = store.job(delivery.id()).orElseThrow();
        SchedulingState books = job.books();
        JobState state = new JobState(to, null, T0, T0, error, new JobState.RunState(1, 1, T0, "here", null, null));
        SchedulingState after = new SchedulingState(books.version() + 1, 0, 0, false, null, books.readyAt(), null);
        HistoryEvent event = new HistoryEvent(
                T0, "jobyard", JobStatus.QUEUED, to, null, new HistoryEvent.HistoryRun("here", 1, 1, null), error);
        store.move(new Move(job, state, after, event, null, EdgeChange.NONE)).join();
    }

    /** Those of one webhook, the oldest first. */
    List<Job> deliveries(String webhook) {
        return deliveries().stream()
                .filter(delivery ->
                        webhook.equals(delivery.terms().identity().labels().get(Deliveries.WEBHOOK)))
                .toList();
    }

    /** The oldest first. */
    List<Job> deliveries() {
        return store.find(JobQuery.of(JobFilter.ALL.withType("http_request"), 10_000), Set.of()).jobs().stream()
                .sorted(Comparator.comparing(Job::id))
                .toList();
    }
}
