// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.access;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Permission of a role. A permission that ends with {@code :all} applies to the jobs of all users; without this ending, it applies to the
 * user's own jobs.
 */
public enum Permission {
    /** Submitting jobs, changing the caller's own jobs before they start, and defining schedules. */
    SUBMIT("Submit jobs, change your own jobs before they start, and define schedules."),
    /** Seeing the caller's own jobs, and the queues, limits, handlers and statistics. */
    VIEW("See your own jobs, and the queues, limits, handlers and statistics; have tokens and sessions."),
    /** Seeing all jobs. */
    VIEW_ALL("See all jobs."),
    /** Canceling the caller's own jobs. */
    CANCEL("Cancel your own jobs."),
    /** Canceling all jobs. */
    CANCEL_ALL("Cancel all jobs."),
    /** Retrying the caller's own jobs. */
    RETRY("Retry your own jobs."),
    /** Retrying all jobs. */
    RETRY_ALL("Retry all jobs."),
    /** Sending signals to the caller's own jobs. */
    SIGNAL("Send signals to your own jobs."),
    /** Sending signals to all jobs. */
    SIGNAL_ALL("Send signals to all jobs."),
    /** Seeing the payloads and results of others' jobs. */
    PAYLOAD("See the payloads and results of others' jobs; requires view:all."),
    /** Operating the host: pauses, the times and queues of others' jobs and schedules, the doctor, the configuration. */
    OPERATE(
            "Pause and resume jobs, change the times and queues of others' jobs and schedules but not their payloads, run the doctor, see the configuration and its history."),
    /** Administering the whole host: the store and the audit. */
    ADMIN(
            "Back up, check, compact and purge the store, delete jobs, define limits and queues, administer users, roll back configurations, read the audit, and register interceptors for all runs."),
    /** Acting as any user, with that user's permissions, and changing work that runs with the rights of others. */
    IMPERSONATE(
            "Act as any user, with that user's permissions; change the work of others' schedules, jobs and webhooks.");

    private static final String ALL = ":all";

    private final String meaning;

    Permission(String meaning) {
        this.meaning = meaning;
    }

    /** Returns its name in a configuration, for example {@code cancel:all}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace("_all", ALL);
    }

    /** Returns its description, a sentence. */
    public String meaning() {
        return meaning;
    }

    /**
     * Parses the permissions of a role.
     *
     * @param text for example {@code submit, cancel:all}
     * @return permissions; a permission for all jobs includes the permission for own jobs
     * @throws IllegalArgumentException if a permission is unknown; the message lists the existing ones
     */
    public static Set<Permission> parse(String text) {
        Set<Permission> permissions = EnumSet.noneOf(Permission.class);
        for (String each : text.split(",", -1)) {
            Permission permission = of(each.strip());
            permissions.add(permission);
            if (permission.text().endsWith(ALL)) {
                permissions.add(valueOf(permission.name().replace("_ALL", "")));
            }
        }
        return permissions;
    }

    /**
     * Parses names from {@link #text}, separated by commas. Adds no implied permissions, and skips those that this version does not know;
     * the result may be empty.
     */
    public static Set<Permission> written(String text) {
        List<String> named = List.of(text.split(","));
        Set<Permission> permissions = EnumSet.noneOf(Permission.class);
        Arrays.stream(values())
                .filter(permission -> named.contains(permission.text()))
                .forEach(permissions::add);
        return permissions;
    }

    private static Permission of(String text) {
        return Arrays.stream(values())
                .filter(permission -> permission.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("use some of "
                        + Arrays.stream(values()).map(Permission::text).collect(Collectors.joining(", "))));
    }
}
