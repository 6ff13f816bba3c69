// SPDX-License-Identifier: Apache-2.0
package io.jobyard.webhooks;

import io.jobyard.api.Finding;
import io.jobyard.settings.api.LoopThread;
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
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Component that runs a host's webhooks. It reads new events after commits, at most a few times a second; with several
 * hosts, only on the leader.
 */
@Component(
        immediate = true,
        service = {CommitListener.class, Examiner.class})
public final class WebhooksComponent implements CommitListener, Examiner {

    private static final Logger LOG = LoggerFactory.getLogger(WebhooksComponent.class);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration AGAIN = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Map<ConfiguredWebhook, Runnable> webhooks = new ConcurrentHashMap<>();
    private final AtomicBoolean mustBegin = new AtomicBoolean();
    private final WebhookEngine engine;
    private volatile boolean isLeader;
    private final LoopThread loop =
            new LoopThread("jobyard-webhooks-1", "Webhook deliveries have to wait", this::round);

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
        loop.start(LoopThread.UNTIL_WOKEN);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bind(ConfiguredWebhook webhook) {
        webhooks.put(webhook, webhook.onChange(changed -> due()));
        due();
    }

    void unbind(ConfiguredWebhook webhook) {
        Objects.requireNonNull(webhooks.remove(webhook)).run();
    }

    @Deactivate
    void stop() {
        if (!loop.stop(PATIENCE)) {
            LOG.warn("The store does not answer; webhooks resume at the next start");
        }
    }

    private Map<String, WebhookSettings> current() {
        Map<String, WebhookSettings> all = new HashMap<>();
        webhooks.keySet().forEach(each -> all.put(each.name().shown(), each.current()));
        return all;
    }

    /** Schedules a turn. Does nothing without webhooks. */
    private void due() {
        if (isLeader && !webhooks.isEmpty()) {
            loop.wake();
        }
    }

    /** Runs one turn for all changes since the last pause. */
    private Duration round() {
        loop.pause(PAUSE);
        if (!isLeader || loop.isStopped()) {
            return LoopThread.UNTIL_WOKEN;
        }
        if (mustBegin.getAndSet(false)) {
            engine.begin();
        }
        if (!engine.turn()) {
            loop.pause(AGAIN);
            return Duration.ZERO;
        }
        return LoopThread.UNTIL_WOKEN;
    }

    @Override
    public void opened(StoreSnapshot snapshot) {
        due(); // after a reconnect; at startup, the hosts trigger the first turn
    }

    @Override
    public void hosts(Hosts hosts) {
        boolean was = isLeader;
        isLeader = hosts.isLeader();
        if (isLeader && !was) {
            mustBegin.set(true);
            due();
        }
    }

    @Override
    public void committed(List<Committed> changes) {
        if (isLeader) {
            engine.committed(changes);
        }
        due();
    }

    @Override
    public List<Finding> examine() {
        return engine.findings();
    }
}
