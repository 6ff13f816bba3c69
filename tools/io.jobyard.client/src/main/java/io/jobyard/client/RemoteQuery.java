// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Which jobs a list is of. Immutable: each method returns another one.
 *
 * <pre>{@code RemoteQuery.all().status("failed").type("mail").label("run", "night")}</pre>
 */
public final class RemoteQuery {

    private final List<String> terms;

    private RemoteQuery(List<String> terms) {
        this.terms = terms;
    }

    /**
     * All jobs that the caller may see, the youngest first.
     *
     * @return the query
     */
    public static RemoteQuery all() {
        return new RemoteQuery(List.of());
    }

    /**
     * Narrows it by anything that the REST interface knows.
     *
     * @param name such as {@code reason}, {@code error} or {@code schedule}
     * @param value what it must be
     * @return the query with it
     */
    public RemoteQuery with(String name, String value) {
        List<String> more = new ArrayList<>(terms);
        more.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
        return new RemoteQuery(more);
    }

    /**
     * Only those that stand so; given several times, any of them.
     *
     * @param status such as {@code failed}
     * @return the query with it
     */
    public RemoteQuery status(String status) {
        return with("status", status);
    }

    /**
     * Only those of a type; given several times, of any of them.
     *
     * @param type the type
     * @return the query with it
     */
    public RemoteQuery type(String type) {
        return with("type", type);
    }

    /**
     * Only those in a queue; given several times, in any of them.
     *
     * @param queue the queue's name
     * @return the query with it
     */
    public RemoteQuery queue(String queue) {
        return with("queue", queue);
    }

    /**
     * Only those of somebody; given several times, of any of them.
     *
     * @param submitter a user or a bundle
     * @return the query with it
     */
    public RemoteQuery submitter(String submitter) {
        return with("submitter", submitter);
    }

    /**
     * Only those with a label; given several times, with all of them.
     *
     * @param name of the label
     * @param value of the label
     * @return the query with it
     */
    public RemoteQuery label(String name, String value) {
        return with("label", name + "=" + value);
    }

    /**
     * Only those of a group.
     *
     * @param group the group's name
     * @return the query with it
     */
    public RemoteQuery group(String group) {
        return with("group", group);
    }

    /**
     * Only those created then or later.
     *
     * @param instant the first instant
     * @return the query with it
     */
    public RemoteQuery since(Instant instant) {
        return with("since", instant.toString());
    }

    /**
     * Only those created before.
     *
     * @param instant the first instant that is too late
     * @return the query with it
     */
    public RemoteQuery until(Instant instant) {
        return with("until", instant.toString());
    }

    /**
     * The oldest first.
     *
     * @return the query with that order
     */
    public RemoteQuery oldestFirst() {
        return with("order", "oldest");
    }

    /**
     * Writes it as it stands in an address behind the question mark.
     *
     * @return the terms; empty if all jobs are meant
     */
    public String text() {
        return String.join("&", terms);
    }
}
