// SPDX-License-Identifier: Apache-2.0
package io.jobyard.webhooks;

import io.jobyard.api.EventCursor;
import io.jobyard.api.Job;
import io.jobyard.api.JobEvent;
import io.jobyard.api.JobStatus;
import io.jobyard.settings.api.Sha256;
import io.jobyard.spi.feed.FollowerStore;
import io.jobyard.spi.reads.JobReads;
import io.jobyard.spi.store.Futures;
import java.net.URI;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Record of the webhooks that are disabled because their receiver answered 410 (Gone). It is stored as the position of
 * a follower: the event of that answer, or the start once a delivery has succeeded again. Confined to one thread,
 * except that any thread may call {@link #isAny}.
 */
final class GoneReceivers {

    private static final Logger LOG = LoggerFactory.getLogger(GoneReceivers.class);
    /** Prefix of a delivery's error if its receiver answered 410. */
    private static final Pattern GONE = Pattern.compile("\\S+ answered with status 410\\b.*", Pattern.DOTALL);

    private static final int ID_BYTES = 8;

    private final FollowerStore followers;
    private final JobReads reads;
    /** The positions read so far, by follower. */
    private final Map<String, Optional<EventCursor>> positions = new ConcurrentHashMap<>();

    GoneReceivers(FollowerStore followers, JobReads reads) {
        this.followers = followers;
        this.reads = reads;
    }

    /** Clears the cache, because another host may have changed the positions. */
    void begin() {
        positions.clear();
    }

    /**
     * Returns whether a delivery's event can change a webhook's state. Called for each commit, so it does not query the
     * store.
     */
    boolean concerns(JobEvent event) {
        return switch (event.change().to()) {
            case FAILED -> GONE.matcher(event.change().why()).matches();
            case COMPLETED -> isAny();
            default -> false;
        };
    }

    private boolean isAny() {
        return positions.values().stream().anyMatch(GoneReceivers::isGone);
    }

    boolean isGone(String webhook, WebhookSettings settings) {
        return isGone(positions.computeIfAbsent(follower(webhook, settings), followers::position));
    }

    private static boolean isGone(Optional<EventCursor> position) {
        return position.isPresent() && !position.get().equals(EventCursor.START);
    }

    /** Disables or enables the webhook of a finished delivery. Returns the webhook if its receiver is gone. */
    Optional<String> ended(JobEvent event, Map<String, WebhookSettings> webhooks) {
        String webhook =
                reads.job(event.job()).map(stored -> webhook(stored.job())).orElse("");
        WebhookSettings settings = webhooks.get(webhook);
        if (settings == null || settings.url() == null || !isTo(settings.url(), event)) {
            return Optional.empty();
        }
        boolean wasGone = isGone(webhook, settings);
        if (event.change().to() == JobStatus.FAILED && !wasGone) {
            LOG.warn(
                    "Webhook {} disabled: {} (delivery {})",
                    webhook,
                    event.change().why(),
                    event.job());
            move(follower(webhook, settings), event.cursor());
        } else if (event.change().to() == JobStatus.COMPLETED && wasGone) {
            LOG.info("Webhook {} enabled again: delivery {} succeeded", webhook, event.job());
            move(follower(webhook, settings), EventCursor.START);
        }
        return event.change().to() == JobStatus.FAILED ? Optional.of(webhook) : Optional.empty();
    }

    /** Returns whether a delivery was sent to this URL. A delivery to another URL does not affect the webhook. */
    private boolean isTo(URI url, JobEvent event) {
        return reads.payload(event.job())
                .filter(payload -> payload.contains("\"url\":\"" + url + "\""))
                .isPresent();
    }

    private static String webhook(Job delivery) {
        return delivery.terms().identity().labels().getOrDefault(Deliveries.WEBHOOK, "");
    }

    private void move(String follower, EventCursor to) {
        EventCursor before = positions.getOrDefault(follower, Optional.empty()).orElse(null);
        boolean moved = Futures.join(followers.advance(follower, before, to, List.of()));
        if (moved) {
            positions.put(follower, Optional.of(to));
        } else {
            positions.remove(follower); // another host has stored a position
        }
    }

    /** Returns the follower's name, which contains a hash of the URL because another URL is another receiver. */
    private static String follower(String webhook, WebhookSettings settings) {
        byte[] sum = Sha256.of(String.valueOf(settings.url()));
        return "webhook gone " + webhook + " " + HexFormat.of().formatHex(Arrays.copyOf(sum, ID_BYTES));
    }
}
