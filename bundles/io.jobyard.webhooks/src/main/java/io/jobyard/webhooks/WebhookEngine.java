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
 * Reads the events behind the place of each webhook, and stores its deliveries with its new place in one commit: no event is told
 * twice or left out, whatever ends in between. Turned by one thread, of one host at a time; findings may be asked by any.
 */
final class WebhookEngine {

    /** Whose jobs the deliveries are. What becomes of them is told to nobody, or that would have no end. */
    static final Caller SENDER = Caller.bundle("io.jobyard.webhooks");

    static final int PAGE = 500;
    /** In bytes; most of a payload is the URL, twice the usual bound of one. */
    private static final int LARGEST_PAYLOAD = 8_192;
    /** Where nothing is to be told, its place is stored after so many pages only: a restart reads them again. */
    static final int PAGES_UNSTORED = 20;

    private static final Logger LOG = LoggerFactory.getLogger(WebhookEngine.class);

    /** Where a webhook is: what is stored, and how much further nothing is to be told. */
    private record WebhookPosition(EventCursor stored, EventCursor read, int pages) {}

    private final FeedStore feed;
    private final FollowerStore followers;
    private final FireAdmission admission;
    private final SizeLimits sizes;
    private final Supplier<Map<String, WebhookSettings>> webhooks;
    private final GoneReceivers gone;
    private final WaitingDeliveries waiting;
    /** Deliveries that have ended in a way that may disable or enable a webhook. */
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

    /** Forgets what it knows of places: another host may have moved them on. */
    void begin() {
        positions.clear();
        gone.begin();
    }

    /** Hears what was committed. May be called by any thread, and asks no store. */
    void committed(List<Committed> changes) {
        for (Committed change : changes) {
            JobEvent event = change.event();
            if (event != null && event.submitter().equals(SENDER.name()) && gone.concerns(event)) {
                ended.add(event);
            }
        }
    }

    /** Whether all has been told; false if it should be tried again soon. */
    boolean turn() {
        Map<String, WebhookSettings> all = webhooks.get();
        findings.keySet().retainAll(all.keySet());
        for (JobEvent event = ended.peek(); event != null; event = ended.peek()) {
            JobEvent answer = event;
            gone.ended(event, all) // if the store fails, it is looked at again
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

    /** Whether there may be more. */
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

    /** So many deliveries are taken in one call. */
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
            positions.remove(name); // another host was here
        }
    }

    private WebhookPosition stored(String name) {
        EventCursor position = followers.position(follower(name)).orElseGet(() -> first(name));
        return new WebhookPosition(position, position, 0);
    }

    /** A new one is told what happens from now on. */
    private EventCursor first(String name) {
        EventCursor now = feed.newest();
        boolean isFirst = Futures.join(followers.advance(follower(name), null, now, List.of()));
        return isFirst ? now : followers.position(follower(name)).orElse(now);
    }

    private static String follower(String webhook) {
        return "webhook " + webhook;
    }

    private void missed(String name, WebhookPosition position, JobyardException why) {
        LOG.warn("Webhook {} has missed events, and goes on with what happens from now on: {}", name, why.getMessage());
        move(name, position.stored(), feed.newest(), List.of());
    }

    private static Finding disabled(String name, WebhookSettings settings) {
        return new Finding(
                WebhookSettings.FACTORY + "-" + name,
                "it is disabled: " + settings.target() + " answered a delivery with status 410 (Gone)",
                "change url or remove the file; if the receiver is back, retry a failed delivery with the label webhook="
                        + name + ": the webhook is enabled when one arrives");
    }

    private void failed(String name, JobyardException why) {
        String[] parts = String.valueOf(why.getMessage()).split("; ", 2);
        Finding finding = new Finding(
                WebhookSettings.FACTORY + "-" + name,
                "nothing is told at present: " + parts[0],
                parts.length == 2 ? parts[1] : "it is tried again every few seconds");
        if (findings.put(name, finding) == null) {
            LOG.warn("Webhook {} tells nothing at present: {}", name, why.getMessage());
        }
    }

    List<Finding> findings() {
        return List.copyOf(findings.values());
    }
}
