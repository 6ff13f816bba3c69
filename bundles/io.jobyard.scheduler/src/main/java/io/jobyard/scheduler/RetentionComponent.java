// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.Finding;
import io.jobyard.api.JobyardException;
import io.jobyard.api.StateConflictException;
import io.jobyard.api.StatusReporter;
import io.jobyard.api.StoreException;
import io.jobyard.settings.api.Instance;
import io.jobyard.settings.api.LastGood;
import io.jobyard.settings.api.LoopThread;
import io.jobyard.settings.api.Settings;
import io.jobyard.settings.api.SettingsCheck;
import io.jobyard.spi.Examiner;
import io.jobyard.spi.StatusReporters;
import io.jobyard.spi.cluster.HostIncarnation;
import io.jobyard.spi.cluster.HostStore;
import io.jobyard.spi.cluster.Hosts;
import io.jobyard.spi.handlers.HandlerCatalog;
import io.jobyard.spi.store.JobRetention;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes old jobs a while after the start and then daily, and removes old events continuously, by the configuration {@code
 * io.jobyard.retention}. Only on the leader.
 */
@Component(
        immediate = true,
        service = {JobRetention.class, Examiner.class, SettingsCheck.class},
        configurationPid = RetentionSettings.PID)
@Designate(ocd = RetentionConfiguration.class)
public final class RetentionComponent extends Settings<RetentionSettings> implements JobRetention {

    private static final Logger LOG = LoggerFactory.getLogger(RetentionComponent.class);
    private static final Duration FIRST = Duration.ofMinutes(10);
    /** Interval between removals of events. Under full load, the feed grows by a few megabytes per second. */
    private static final Duration BETWEEN_CUTS = Duration.ofSeconds(10);

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final HostStore hosts;
    private final Retention retention;
    private final FeedRetention feed;
    private final RequestRetention requests;
    private final JobArchive archive;
    private final ComponentServiceObjects<StatusReporters> reporters;
    private @Nullable StatusReporter reporter;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final LoopThread daily = new LoopThread("jobyard-retention-1", "Cannot remove old jobs", this::daily);
    /** Creates a separate thread, because the removal of jobs may take hours. */
    private final LoopThread cuts = new LoopThread("jobyard-retention-2", "Cannot remove old events", this::cutFeed);

    @Activate
    public RetentionComponent(
            @Reference Instance instance,
            Map<String, Object> raw,
            @Reference RetentionStores stores,
            @Reference HandlerCatalog handlers,
            @Reference ComponentServiceObjects<StatusReporters> reporters,
            @Reference Clock clock) {
        super(RetentionSettings.PID, RetentionSettings::read, LastGood.of(instance, RetentionSettings.PID));
        update(raw);
        hosts = stores.hosts();
        this.reporters = reporters;
        archive = new JobArchive(
                this::current,
                instance.directory(),
                this::reporter,
                clock,
                stores.jobs().incarnation());
        retention = new Retention(
                stores,
                () -> archive.before(stores.jobs().removal()),
                this::current,
                handlers::typeRules,
                clock,
                this::rest);
        requests = new RequestRetention(stores.requests(), clock, this::rest);
        feed = new FeedRetention(stores.feed(), this::current, clock, this::rest);
        cuts.start(BETWEEN_CUTS);
        daily.start(FIRST);
    }

    @Deactivate
    void stop() {
        stopped.countDown();
        daily.beginStop();
        cuts.beginStop();
        if (!daily.awaitEnd(PATIENCE) || !cuts.awaitEnd(PATIENCE)) {
            LOG.warn("Retention task did not stop in time; the host stops without waiting for it");
        }
    }

    /** Looks up the service at the first archive, not earlier, because it depends on all examiners, including this one. */
    private synchronized StatusReporter reporter() {
        StatusReporter known = reporter;
        if (known == null) {
            known = reporters.getService().ofHost();
            reporter = known;
        }
        return known;
    }

    @Override
    public Purge purge(boolean dryRun) {
        Hosts now = hosts.hosts();
        if (!dryRun && !now.isLeader()) {
            throw new StateConflictException(
                    "only the leader of the hosts removes old jobs: run the command on " + leader(now));
        }
        return retention.purge(dryRun);
    }

    private static String leader(Hosts hosts) {
        return hosts.living().stream()
                .filter(HostIncarnation::leader)
                .map(HostIncarnation::host)
                .findFirst()
                .orElse("the leader, as soon as there is one");
    }

    @Override
    public List<Finding> examine() {
        return Stream.of(super.examine(), feed.found(), archive.found())
                .flatMap(List::stream)
                .toList();
    }

    private Duration daily() {
        try {
            if (hosts.hosts().isLeader()) {
                requests.forget(); // first, because a failing archive must delay only the jobs
                LOG.info("Removed old jobs: {}", retention.purge(false));
            }
        } catch (JobyardException e) {
            LOG.warn("Cannot remove old jobs; retrying in a day: {}", e.getMessage());
        } catch (RuntimeException | Error e) { // otherwise the next attempt would follow immediately
            LOG.error("Cannot remove old jobs; retrying in a day", e);
        }
        return Duration.ofDays(1);
    }

    private Duration cutFeed() {
        try {
            if (hosts.hosts().isLeader()) {
                feed.cut();
            }
        } catch (JobyardException e) {
            LOG.debug("Cannot remove old events; retrying: {}", e.getMessage());
        }
        return BETWEEN_CUTS;
    }

    /** Pauses, so that other users get the store for as long as a slice took. */
    private void rest(long nanos) {
        try {
            if (stopped.await(Math.min(nanos, LONGEST_PAUSE_NANOS), TimeUnit.NANOSECONDS)) {
                throw new StoreException("the host is stopping; some old jobs were removed, the others were not", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted; some old jobs were removed, the others were not", e);
        }
    }
}
