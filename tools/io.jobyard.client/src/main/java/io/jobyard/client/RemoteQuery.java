// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Filter of a job list. Immutable: each method returns a new filter.
 *
 * <pre>{@code RemoteQuery.all().status("failed").type("mail").label("run", "night")}</pre>
 */
public final class RemoteQuery {

    private final List<String> terms;

    private RemoteQuery(List<String> terms) {
        this.terms = terms;
    }

    /**
     * Returns a query for all jobs that the caller may see, latest first.
     *
     * @return the query
     */
    public static RemoteQuery all() {
        return new RemoteQuery(List.of());
    }

    /**
     * Adds any filter of the REST interface.
     *
     * @param name the name, for example {@code reason}, {@code error} or {@code schedule}
     * @param value the required value
     * @return the query with the filter
     */
    public RemoteQuery with(String name, String value) {
        List<String> more = new ArrayList<>(terms);
        more.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
        return new RemoteQuery(more);
    }

    /**
     * Selects jobs with a status. Several calls select jobs with any of the statuses.
     *
     * @param status the status, for example {@code failed}
     * @return the query with the status
     */
    public RemoteQuery status(String status) {
        return with("status", status);
    }

    /**
     * Selects jobs of a type. Several calls select jobs of any of the types.
     *
     * @param type the type
     * @return the query with the type
     */
    public RemoteQuery type(String type) {
        return with("type", type);
    }

    /**
     * Selects jobs in a queue. Several calls select jobs in any of the queues.
     *
     * @param queue the queue's name
     * @return the query with the queue
     */
    public RemoteQuery queue(String queue) {
        return with("queue", queue);
    }

    /**
     * Selects jobs of a submitter. Several calls select jobs of any of the submitters.
     *
     * @param submitter a user or a bundle
     * @return the query with the submitter
     */
    public RemoteQuery submitter(String submitter) {
        return with("submitter", submitter);
    }

    /**
     * Selects jobs with a label. Several calls select jobs with all of the labels.
     *
     * @param name the label's name
     * @param value the label's value
     * @return the query with the label
     */
    public RemoteQuery label(String name, String value) {
        return with("label", name + "=" + value);
    }

    /**
     * Selects jobs of a group.
     *
     * @param group the group's name
     * @return the query with the group
     */
    public RemoteQuery group(String group) {
        return with("group", group);
    }

    /**
     * Selects jobs by their earliest creation time.
     *
     * @param instant the earliest creation time
     * @return the query with the time
     */
    public RemoteQuery since(Instant instant) {
        return with("since", instant.toString());
    }

    /**
     * Selects jobs that were created before a time.
     *
     * @param instant the time, which is excluded
     * @return the query with the time
     */
    public RemoteQuery until(Instant instant) {
        return with("until", instant.toString());
    }

    /**
     * Sorts the jobs by creation time, oldest first.
     *
     * @return the query with the order
     */
    public RemoteQuery oldestFirst() {
        return with("order", "oldest");
    }

    /**
     * Sets the size of a page for {@link JobyardClient#page}.
     *
     * @param jobs the maximum number of jobs, 1 to 10,000; default: 20
     * @return the query with the limit
     */
    public RemoteQuery limit(int jobs) {
        return only("limit", String.valueOf(jobs));
    }

    /**
     * Continues after a page of {@link JobyardClient#page}.
     *
     * @param cursor {@link RemotePage#next} of that page; replaces an earlier one
     * @return the query for the next page
     */
    public RemoteQuery after(String cursor) {
        return only("after", cursor);
    }

    private RemoteQuery only(String name, String value) {
        return new RemoteQuery(terms.stream()
                        .filter(term -> !term.startsWith(name + "="))
                        .toList())
                .with(name, value);
    }

    /**
     * Formats the query for the end of a URL, without the question mark.
     *
     * @return the parameters; empty for all jobs
     */
    public String text() {
        return String.join("&", terms);
    }
}
