// SPDX-License-Identifier: Apache-2.0
package io.jobyard.webhooks;

import io.jobyard.api.JobEvent;
import io.jobyard.api.JobStatus;
import io.jobyard.settings.api.SettingsReader;
import io.jobyard.spi.text.Glob;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checked values of {@code io.jobyard.webhooks-NAME}.
 *
 * @param url the receiver; null if the configuration was never valid, and then nothing is delivered
 * @param secret the name of the secret that signs deliveries
 * @param maxRetries the number of retries of a failed delivery
 * @param timeout the timeout of one attempt
 */
record WebhookSettings(
        @Nullable URI url, String secret, ToldEvents events, int maxRetries, Duration timeout, String queue) {

    /** The statuses to deliver, and the filters of their jobs. */
    record ToldEvents(Set<JobStatus> states, List<Glob> types, List<Glob> submitters, List<Glob> queues) {

        boolean has(JobEvent event) {
            return states.contains(event.change().to())
                    && Glob.anyMatches(types, event.type())
                    && Glob.anyMatches(submitters, event.submitter())
                    && Glob.anyMatches(queues, event.queue() == null ? "" : event.queue());
        }
    }

    static final String FACTORY = "io.jobyard.webhooks";
    static final WebhookSettings SHUT = new WebhookSettings(
            null, "", new ToldEvents(Set.of(), List.of(), List.of(), List.of()), 0, Duration.ofSeconds(1), "");

    private static final Set<JobStatus> ENDS = EnumSet.of(JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.CANCELLED);
    private static final List<Glob> ANY = Glob.list("*");
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern QUEUE = Pattern.compile("[A-Za-z0-9._-]{1,200}");
    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final int LONGEST_LABEL = 200;

    static WebhookSettings read(SettingsReader reader) {
        WebhookSettings settings = new WebhookSettings(
                reader.optional("url", WebhookSettings::url),
                reader.value("secret", "", text -> matching(SECRET, text)),
                new ToldEvents(
                        reader.value("events", ENDS, WebhookSettings::events),
                        reader.value("types", ANY, Glob::list),
                        reader.value("submitters", ANY, Glob::list),
                        reader.value("queues", ANY, Glob::list)),
                reader.integer("max.retries", 10, 0, 10),
                Duration.ofSeconds(reader.integer("timeout.seconds", 30, 1, 300)),
                reader.value("queue", WebhookLimits.NAME, text -> matching(QUEUE, text)));
        if (!reader.has("url")) {
            reader.refuse("url is missing: set the receiver, for example https://example.com/hooks");
        }
        if (!reader.has("secret")) {
            reader.refuse("secret is missing: name the secret that signs deliveries");
        }
        return settings;
    }

    private static URI url(String text) {
        URI url;
        try {
            url = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("use a URL, for example https://example.com/hooks", e);
        }
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        if (!SCHEMES.contains(scheme) || url.getHost() == null || url.getUserInfo() != null) {
            throw new IllegalArgumentException("use a URL without a user, for example https://example.com/hooks");
        }
        return url;
    }

    private static Set<JobStatus> events(String text) {
        Set<JobStatus> events = EnumSet.noneOf(JobStatus.class);
        for (String each : text.split(",", -1)) {
            try {
                events.add(JobStatus.of(each.strip()));
            } catch (RuntimeException e) {
                throw new IllegalArgumentException(
                        "use some of waiting, queued, running, completed, failed, cancelled", e);
            }
        }
        return events;
    }

    private static String matching(Pattern form, String text) {
        if (!form.matcher(text).matches()) {
            throw new IllegalArgumentException("use a name with the characters A-Z a-z 0-9 . _ -");
        }
        return text;
    }

    /**
     * Returns whether to deliver an event. Changes of a job's attributes without a change of its status are not
     * delivered.
     */
    boolean tells(JobEvent event) {
        return event.change().from() != event.change().to() && events.has(event);
    }

    /** Returns the receiver. All deliveries to it share its limit. */
    String target() {
        if (url == null) {
            throw new IllegalStateException("a disabled webhook has no target");
        }
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        String origin = (url.getScheme() + "://" + url.getHost() + port).toLowerCase(Locale.ROOT);
        return origin.substring(0, Math.min(origin.length(), LONGEST_LABEL));
    }

    @Override
    public String toString() {
        return url == null ? "a webhook without deliveries" : "url = " + url + ", events = " + events.states();
    }
}
