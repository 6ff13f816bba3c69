// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.access;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Permission of a role. One that ends with {@code :all} applies to the jobs of all users; the same without it applies to the user's own
 * jobs.
 */
public enum Permission {
    /** To submit jobs, to change one's own before they start, and to have schedules. */
    SUBMIT("Submit jobs, change one's own before they start, and have schedules."),
    /** To see one's own jobs, and the queues, limits, handlers and numbers. */
    VIEW("See one's own jobs, and the queues, limits, handlers and statistics; have tokens and sessions."),
    /** To see all jobs. */
    VIEW_ALL("See all jobs."),
    /** To cancel one's own jobs. */
    CANCEL("Cancel one's own jobs."),
    /** To cancel all jobs. */
    CANCEL_ALL("Cancel all jobs."),
    /** To retry one's own jobs. */
    RETRY("Retry one's own jobs."),
    /** To retry all jobs. */
    RETRY_ALL("Retry all jobs."),
    /** To give signals to one's own jobs. */
    SIGNAL("Give signals to one's own jobs."),
    /** To give signals to all jobs. */
    SIGNAL_ALL("Give signals to all jobs."),
    /** To see what others' jobs were given and what they gave. */
    PAYLOAD("See what others' jobs were submitted with and what they came to; with view:all."),
    /** To operate the host: pauses, the times and queues of others' jobs and schedules, the doctor, the configuration. */
    OPERATE(
            "Pause and resume jobs, change when others' schedules and jobs run but not their work, ask the doctor, see the configuration and what it was."),
    /** To administer the whole host: the store and the audit. */
    ADMIN(
            "Back up, check, compact and purge the store, delete jobs, make limits and queues, administer users, bring configurations back, read the audit, and stand around all runs with an interceptor."),
    /** To act as any user, with that user's permissions, and to change work that runs with the rights of others. */
    IMPERSONATE(
            "Speak for any user, with that user's permissions; change the work of others' schedules, jobs and webhooks.");

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
     * @return the permissions; one for all jobs includes the one for own jobs
     * @throws IllegalArgumentException if one is unknown, with the existing ones
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
     * Parses names from {@link #text}, separated by commas, without implied permissions and those that this version does not know; may be
     * empty.
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
