// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.Finding;
import io.jobyard.api.JobyardException;
import io.jobyard.api.StateConflictException;
import io.jobyard.api.StatusReporter;
import io.jobyard.api.StoreException;
import io.jobyard.settings.api.Instance;
import io.jobyard.settings.api.LastGood;
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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
 * Removes old jobs a while after the start and then daily, and cuts the feed all the time, as the configuration
 * {@code io.jobyard.retention} says: the leader does.
 */
@Component(
        immediate = true,
        service = {JobRetention.class, Examiner.class, SettingsCheck.class},
        configurationPid = RetentionSettings.PID)
@Designate(ocd = RetentionConfiguration.class)
public final class RetentionComponent extends Settings<RetentionSettings> implements JobRetention {

    private static final Logger LOG = LoggerFactory.getLogger(RetentionComponent.class);
    private static final long FIRST_MINUTES = 10;
    private static final long DAY_MINUTES = 24 * 60;
    /** Under full load the feed grows by a few megabytes a second. */
    private static final long FEED_SECONDS = 10;

    private static final long PATIENCE_SECONDS = 5;
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final HostStore hosts;
    private final Retention retention;
    private final FeedRetention feed;
    private final RequestRetention requests;
    private final JobArchive archive;
    private final ComponentServiceObjects<StatusReporters> reporters;
    private @Nullable StatusReporter reporter;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicInteger threads = new AtomicInteger();
    /** One of the two for the jobs, which may take hours. */
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(
            2, task -> new Thread(task, "jobyard-retention-" + threads.incrementAndGet()));

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
        timer.scheduleWithFixedDelay(this::cutFeed, FEED_SECONDS, FEED_SECONDS, TimeUnit.SECONDS);
        timer.scheduleWithFixedDelay(this::daily, FIRST_MINUTES, DAY_MINUTES, TimeUnit.MINUTES);
    }

    @Deactivate
    void stop() {
        stopped.countDown();
        timer.shutdown();
        try {
            if (!timer.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("Old jobs are still being removed; what is not gone by now stays");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Taken once something is archived, and not before: it asks all that is examined, this one too. */
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
            throw new StateConflictException("old jobs are removed by the leader of the hosts: ask " + leader(now));
        }
        return retention.purge(dryRun);
    }

    private static String leader(Hosts hosts) {
        return hosts.living().stream()
                .filter(HostIncarnation::leader)
                .map(HostIncarnation::host)
                .findFirst()
                .orElse("again when there is one");
    }

    @Override
    public List<Finding> examine() {
        return Stream.of(super.examine(), feed.found(), archive.found())
                .flatMap(List::stream)
                .toList();
    }

    private void daily() {
        try {
            if (!hosts.hosts().isLeader()) {
                return;
            }
            requests.forget(); // first: an archive that takes nothing holds up the jobs alone
            LOG.info("Removed old jobs: {}", retention.purge(false));
        } catch (JobyardException e) {
            LOG.warn("Old jobs stay until the next try in a day: {}", e.getMessage());
        } catch (RuntimeException | Error e) { // or there would be no next day
            LOG.error("Old jobs stay until the next try in a day", e);
        }
    }

    private void cutFeed() {
        try {
            if (hosts.hosts().isLeader()) {
                feed.cut();
            }
        } catch (JobyardException e) {
            LOG.debug("The feed stays as it is until the next try: {}", e.getMessage());
        } catch (RuntimeException | Error e) { // or there would be no next time
            LOG.error("The feed stays as it is until the next try", e);
        }
    }

    /** Others get the store for as long as a slice took. */
    private void rest(long nanos) {
        try {
            if (stopped.await(Math.min(nanos, LONGEST_PAUSE_NANOS), TimeUnit.NANOSECONDS)) {
                throw new StoreException("the host stops; what is removed by now is gone, the rest stays", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted; what is removed by now is gone, the rest stays", e);
        }
    }
}
