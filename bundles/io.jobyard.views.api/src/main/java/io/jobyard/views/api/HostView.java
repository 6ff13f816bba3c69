// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.HostStatus;
import java.util.List;

/** Views of the hosts of a database. */
public final class HostView {

    private static final View<HostStatus.HandlerOnHost> HANDLER = View.<HostStatus.HandlerOnHost>of(
                    "handler of a host", "A handler whose jobs a host runs.")
            .text("type", "job type", HostStatus.HandlerOnHost::type)
            .text("version", "handler version", HostStatus.HandlerOnHost::version)
            .text("bundle", "symbolic name and version of its bundle", HostStatus.HandlerOnHost::bundle);

    /** One host. */
    public static final View<HostStatus> HOST = View.<HostStatus>of("host", "A host of the database.")
            .text("name", "name and process number, as in histories", HostStatus::name)
            .text(
                    "incarnation",
                    "incarnation: an ID, new at each start",
                    host -> host.life().incarnation().toString())
            .instant("since", "time of the start", one -> one.life().since())
            .flag("leader", "whether the host is the leader, which assigns jobs to all hosts", HostStatus::leader)
            .instant(
                    "leaseUntil?",
                    "time until which the host is considered alive without renewal; null if no other host can open"
                            + " the database",
                    one -> one.life().leaseUntil())
            .whole(
                    "room",
                    "maximum number of running jobs that use a thread",
                    one -> one.load().room())
            .whole(
                    "running",
                    "number of jobs running on or assigned to the host that use a thread",
                    one -> one.load().running())
            .whole(
                    "asyncRoom",
                    "maximum number of running jobs of asynchronous handlers",
                    one -> one.load().asyncRoom())
            .whole(
                    "asyncRunning",
                    "number of jobs of asynchronous handlers running on or assigned to the host",
                    one -> one.load().asyncRunning())
            .list("handlers", HANDLER, "handlers whose jobs the host runs", HostStatus::handlers)
            .text("version", "version of the program", one -> one.life().version())
            .flag(
                    "draining",
                    "whether the host is draining: it finishes its running jobs and gets no more",
                    HostStatus::draining);

    /** All hosts. */
    public static final View<List<HostStatus>> HOSTS = View.<List<HostStatus>>of(
                    "hosts", "The hosts that share the database.")
            .list("hosts", HOST, "the hosts, in order of their starts", hosts -> hosts);

    /** Confirmation of a drain, or of its end. */
    public static final View<Drain> DRAIN = View.<Drain>of("drain", "Confirmation of a drain or of its end.")
            .text("host", "the host, as named in the request", Drain::host)
            .flag("draining", "whether the host is to drain", Drain::draining);

    /**
     * A host that was asked to drain, or to end its drain.
     *
     * @param host the host as named in the request
     * @param draining whether it should drain
     */
    public record Drain(String host, boolean draining) {}

    private HostView() {}
}
