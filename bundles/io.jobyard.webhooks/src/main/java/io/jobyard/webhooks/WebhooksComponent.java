// SPDX-License-Identifier: Apache-2.0
package io.jobyard.webhooks;

import io.jobyard.api.Finding;
import io.jobyard.spi.Examiner;
import io.jobyard.spi.SizeLimits;
import io.jobyard.spi.cluster.Hosts;
import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.feed.FeedStore;
import io.jobyard.spi.feed.FollowerStore;
import io.jobyard.spi.feed.StoreSnapshot;
import io.jobyard.spi.reads.JobReads;
import io.jobyard.spi.schedules.FireAdmission;
import io.jobyard.spi.schedules.JobWithdrawal;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The webhooks of a host: looks at the events after commits, a few times a second at most; of several hosts the leader does. */
@Component(
        immediate = true,
        service = {CommitListener.class, Examiner.class})
public final class WebhooksComponent implements CommitListener, Examiner {

    private static final Logger LOG = LoggerFactory.getLogger(WebhooksComponent.class);
    private static final long PAUSE_MILLIS = 100;
    private static final long AGAIN_MILLIS = 5_000;
    private static final long PATIENCE_SECONDS = 5;

    private final Map<ConfiguredWebhook, Runnable> webhooks = new ConcurrentHashMap<>();
    private final AtomicBoolean isDue = new AtomicBoolean();
    private final WebhookEngine engine;
    private volatile boolean isLeader;
    private final ScheduledThreadPoolExecutor thread =
            new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "jobyard-webhooks-1"));

    @Activate
    public WebhooksComponent(
            @Reference FeedStore feed,
            @Reference FollowerStore followers,
            @Reference FireAdmission admission,
            @Reference SizeLimits sizes,
            @Reference JobReads reads,
            @Reference JobWithdrawal withdrawal,
            @Reference Clock clock) {
        GoneReceivers gone = new GoneReceivers(followers, reads);
        WaitingDeliveries waiting = new WaitingDeliveries(reads, withdrawal, clock);
        engine = new WebhookEngine(feed, followers, admission, sizes, this::current, gone, waiting);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bind(ConfiguredWebhook webhook) {
        webhooks.put(webhook, webhook.onChange(changed -> due(PAUSE_MILLIS)));
        due(PAUSE_MILLIS);
    }

    void unbind(ConfiguredWebhook webhook) {
        Objects.requireNonNull(webhooks.remove(webhook)).run();
    }

    @Deactivate
    void stop() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("The store does not answer; the next start goes on with the webhooks");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Map<String, WebhookSettings> current() {
        Map<String, WebhookSettings> all = new HashMap<>();
        webhooks.keySet().forEach(each -> all.put(each.name().shown(), each.current()));
        return all;
    }

    /** Costs nothing while there is no webhook, or a turn is due already. */
    private void due(long millis) {
        if (isLeader && !webhooks.isEmpty() && !thread.isShutdown() && isDue.compareAndSet(false, true)) {
            thread.schedule(this::turn, millis, TimeUnit.MILLISECONDS);
        }
    }

    private void turn() {
        isDue.set(false);
        boolean done = false;
        try {
            done = !isLeader || engine.turn();
        } catch (RuntimeException | Error e) { // or there would be no next turn
            LOG.error("Webhooks failed; trying again", e);
        }
        if (!done) {
            due(AGAIN_MILLIS);
        }
    }

    @Override
    public void opened(StoreSnapshot snapshot) {
        due(PAUSE_MILLIS); // if this is not the first time; else the hosts come next
    }

    @Override
    public void hosts(Hosts hosts) {
        boolean was = isLeader;
        isLeader = hosts.isLeader();
        if (isLeader && !was && !thread.isShutdown()) {
            thread.execute(engine::begin);
            due(PAUSE_MILLIS);
        }
    }

    @Override
    public void committed(List<Committed> changes) {
        if (isLeader) {
            engine.committed(changes);
        }
        due(PAUSE_MILLIS);
    }

    @Override
    public List<Finding> examine() {
        return engine.findings();
    }
}
