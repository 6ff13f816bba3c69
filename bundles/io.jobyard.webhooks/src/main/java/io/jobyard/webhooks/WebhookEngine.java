// SPDX-License-Identifier: Apache-2.0
package io.jobyard.webhooks;

import io.jobyard.api.CursorExpiredException;
import io.jobyard.api.EventCursor;
import io.jobyard.api.Finding;
import io.jobyard.api.JobEvent;
import io.jobyard.api.JobyardException;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.SizeLimits;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.feed.FeedStore;
import io.jobyard.spi.feed.FollowerStore;
import io.jobyard.spi.schedules.FireAdmission;
import io.jobyard.spi.schedules.FiredJob;
import io.jobyard.spi.store.Futures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the events after each webhook's position, and stores its deliveries and its new position in one commit, so a
 * crash neither repeats nor skips an event. Confined to one thread, on one host at a time; any thread may ask for
 * findings.
 */
final class WebhookEngine {

    /**
     * The submitter of deliveries. Webhooks skip events of its jobs, which would otherwise cause endless deliveries.
     */
    static final Caller SENDER = Caller.bundle("io.jobyard.webhooks");

    static final int PAGE = 500;
    /**
     * Maximum payload size in bytes. Most of a payload is the URL, so this is twice the usual maximum length of a URL.
     */
    private static final int LARGEST_PAYLOAD = 8_192;
    /**
     * Number of pages without deliveries after which a webhook's position is stored. After a restart, they are read
     * again.
     */
    static final int PAGES_UNSTORED = 20;

    private static final Logger LOG = LoggerFactory.getLogger(WebhookEngine.class);

    /** A webhook's position: the stored one, and how far events without deliveries have been read since. */
    private record WebhookPosition(EventCursor stored, EventCursor read, int pages) {}

    private final FeedStore feed;
    private final FollowerStore followers;
    private final FireAdmission admission;
    private final SizeLimits sizes;
    private final Supplier<Map<String, WebhookSettings>> webhooks;
    private final GoneReceivers gone;
    private final WaitingDeliveries waiting;
    /** Finished deliveries that may disable or enable their webhook. */
    private final Queue<JobEvent> ended = new ConcurrentLinkedQueue<>();

    private final Map<String, WebhookPosition> positions = new ConcurrentHashMap<>();
    private final Map<String, Finding> findings = new ConcurrentHashMap<>();

    WebhookEngine(
            FeedStore feed,
            FollowerStore followers,
            FireAdmission admission,
            SizeLimits sizes,
            Supplier<Map<String, WebhookSettings>> webhooks,
            GoneReceivers gone,
            WaitingDeliveries waiting) {
        this.feed = feed;
        this.followers = followers;
        this.admission = admission;
        this.sizes = sizes;
        this.webhooks = webhooks;
        this.gone = gone;
        this.waiting = waiting;
    }

    /** Clears the cached positions, because another host may have advanced them. */
    void begin() {
        positions.clear();
        gone.begin();
    }

    /** Receives committed changes, on any thread. Does not query the store. */
    void committed(List<Committed> changes) {
        for (Committed change : changes) {
            JobEvent event = change.event();
            if (event != null && event.submitter().equals(SENDER.name()) && gone.concerns(event)) {
                ended.add(event);
            }
        }
    }

    /** Delivers new events. Returns false if the caller should retry soon. */
    boolean turn() {
        Map<String, WebhookSettings> all = webhooks.get();
        findings.keySet().retainAll(all.keySet());
        for (JobEvent event = ended.peek(); event != null; event = ended.peek()) {
            JobEvent answer = event;
            gone.ended(event, all) // peek first: if the store fails, the next turn retries
                    .ifPresent(name -> waiting.end(name, Objects.requireNonNull(all.get(name)), answer));
            ended.remove();
        }
        boolean done = waiting.turn();
        for (Map.Entry<String, WebhookSettings> each : all.entrySet()) {
            if (each.getValue().url() != null) {
                done &= tell(each.getKey(), each.getValue());
            }
        }
        return done;
    }

    private boolean tell(String name, WebhookSettings settings) {
        try {
            if (gone.isGone(name, settings)) {
                findings.put(name, disabled(name, settings));
                return true;
            }
            boolean isMore = true;
            while (isMore) {
                isMore = page(name, settings);
            }
            findings.remove(name);
            return true;
        } catch (JobyardException e) {
            failed(name, e);
            return false;
        }
    }

    /** Processes one page of events. Returns whether there may be more. */
    private boolean page(String name, WebhookSettings settings) {
        WebhookPosition position = positions.computeIfAbsent(name, this::stored);
        int most = most();
        List<JobEvent> events;
        try {
            events = feed.events(position.read(), most);
        } catch (CursorExpiredException | ValidationException e) {
            missed(name, position, e);
            return true;
        }
        if (events.isEmpty()) {
            return false;
        }
        EventCursor end = events.get(events.size() - 1).cursor();
        List<FiredJob> deliveries = new ArrayList<>();
        for (JobEvent event : events) {
            if (settings.tells(event) && !event.submitter().equals(SENDER.name())) {
                deliveries.add(new FiredJob(null, Deliveries.of(name, settings, event)));
            }
        }
        if (deliveries.isEmpty() && position.pages() < PAGES_UNSTORED) {
            positions.put(name, new WebhookPosition(position.stored(), end, position.pages() + 1));
        } else {
            move(name, position.stored(), end, deliveries);
        }
        return events.size() == most;
    }

    /** Returns the maximum number of deliveries in one call. */
    private int most() {
        int fit = Math.min(sizes.maxBatchJobs(), sizes.maxBatchBytes() / LARGEST_PAYLOAD);
        return Math.max(1, Math.min(PAGE, fit));
    }

    private void move(String name, EventCursor from, EventCursor to, List<FiredJob> deliveries) {
        boolean moved = Futures.join(
                deliveries.isEmpty()
                        ? followers.advance(follower(name), from, to, List.of())
                        : admission.admit(
                                SENDER, deliveries, jobs -> followers.advance(follower(name), from, to, jobs)));
        if (moved) {
            positions.put(name, new WebhookPosition(to, to, 0));
        } else {
            positions.remove(name); // another host has stored a position
        }
    }

    private WebhookPosition stored(String name) {
        EventCursor position = followers.position(follower(name)).orElseGet(() -> first(name));
        return new WebhookPosition(position, position, 0);
    }

    /** Returns the position of a new webhook, which receives events from now on. */
    private EventCursor first(String name) {
        EventCursor now = feed.newest();
        boolean isFirst = Futures.join(followers.advance(follower(name), null, now, List.of()));
        return isFirst ? now : followers.position(follower(name)).orElse(now);
    }

    private static String follower(String webhook) {
        return "webhook " + webhook;
    }

    private void missed(String name, WebhookPosition position, JobyardException why) {
        LOG.warn("Webhook {} missed events; continuing with new events: reason={}", name, why.getMessage());
        move(name, position.stored(), feed.newest(), List.of());
    }

    private static Finding disabled(String name, WebhookSettings settings) {
        return new Finding(
                WebhookSettings.FACTORY + "-" + name,
                "disabled: " + settings.target() + " answered a delivery with status 410 (Gone)",
                "change url or remove the file; if the receiver is available again, retry a failed delivery with the label webhook="
                        + name + ": the first successful delivery enables the webhook");
    }

    private void failed(String name, JobyardException why) {
        String[] parts = String.valueOf(why.getMessage()).split("; ", 2);
        Finding finding = new Finding(
                WebhookSettings.FACTORY + "-" + name,
                "not delivering: " + parts[0],
                parts.length == 2 ? parts[1] : "Jobyard retries every few seconds");
        if (findings.put(name, finding) == null) {
            LOG.warn("Webhook {} is not delivering: {}", name, why.getMessage());
        }
    }

    List<Finding> findings() {
        return List.copyOf(findings.values());
    }
}
