// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.HostStatus;
import java.util.List;

/** The hosts of a database. */
public final class HostView {

    private static final View<HostStatus.HandlerOnHost> HANDLER = View.<HostStatus.HandlerOnHost>of(
                    "handler of a host", "A handler to which a host gives jobs.")
            .text("type", "the job type", HostStatus.HandlerOnHost::type)
            .text("version", "the handler's version", HostStatus.HandlerOnHost::version)
            .text("bundle", "symbolic name and version of its bundle", HostStatus.HandlerOnHost::bundle);

    /** One host. */
    public static final View<HostStatus> HOST = View.<HostStatus>of("host", "A host of the database.")
            .text("name", "its name and process, as histories show it", HostStatus::name)
            .text(
                    "incarnation",
                    "its id, fresh at each of its starts",
                    host -> host.life().incarnation().toString())
            .instant("since", "when it began", one -> one.life().since())
            .flag("leader", "whether it starts jobs, for all hosts", HostStatus::leader)
            .instant(
                    "leaseUntil?",
                    "until when it is taken to live without another word; null if no other host can open the database",
                    one -> one.life().leaseUntil())
            .whole(
                    "room",
                    "how many jobs it takes at once, those that it runs among them",
                    one -> one.load().room())
            .whole(
                    "running",
                    "how many jobs it runs, and has been given to run",
                    one -> one.load().running())
            .list("handlers", HANDLER, "those to which it gives jobs", HostStatus::handlers)
            .text("version", "the version of its program", one -> one.life().version())
            .flag("draining", "whether it finishes what it runs and is given nothing more", HostStatus::draining);

    /** All hosts. */
    public static final View<List<HostStatus>> HOSTS = View.<List<HostStatus>>of(
                    "hosts", "The hosts that share the database.")
            .list("hosts", HOST, "each host, the first that began first", hosts -> hosts);

    /** Whether a host is to drain. */
    public static final View<Drain> DRAIN = View.<Drain>of("drain", "A host was asked to drain, or to end that.")
            .text("host", "the host, as it was named", Drain::host)
            .flag("draining", "whether it is to drain", Drain::draining);

    /**
     * A host was asked to drain, or to end that.
     *
     * @param host as it was named
     * @param draining whether it is to drain
     */
    public record Drain(String host, boolean draining) {}

    private HostView() {}
}
