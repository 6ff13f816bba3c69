// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.EventCursor;
import io.jobyard.api.Finding;
import io.jobyard.api.JobEvent;
import io.jobyard.api.JobListener;
import io.jobyard.spi.Examiner;
import io.jobyard.spi.access.Access;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.feed.StoreSnapshot;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Passes committed events to the registered listeners. */
@Component(service = {CommitListener.class, Examiner.class})
public final class JobListeners implements CommitListener, Examiner {

    private final Map<JobListener, ListenerFeed<JobEvent>> feeds = new ConcurrentHashMap<>();
    private final Access access;
    private final Clock clock;
    private boolean opened; // context of the calling thread

    @Activate
    public JobListeners(@Reference Access access, @Reference Clock clock) {
        this.access = access;
        this.clock = clock;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bind(JobListener listener, ServiceReference<JobListener> reference) {
        bind(listener, Caller.bundle(reference.getBundle().getSymbolicName()));
    }

    void bind(JobListener listener, Caller caller) {
        ListenerFeed<JobEvent> feed = new ListenerFeed<>(
                new ListenerFeed.Calls<>(
                        listener,
                        listener::changed,
                        before -> listener.missed(before == null ? EventCursor.START : before.cursor()),
                        "StatusReporter.events"),
                caller,
                clock);
        feeds.put(listener, feed);
        feed.start();
    }

    void unbind(JobListener listener) {
        ListenerFeed<JobEvent> feed = feeds.remove(listener);
        if (feed != null) {
            feed.stop();
        }
    }

    @Deactivate
    void stop() {
        feeds.keySet().forEach(this::unbind);
    }

    @Override
    public void opened(StoreSnapshot snapshot) {
        if (opened) { // after a restart of this component: the missed events are in the store
            feeds.values().forEach(ListenerFeed::missed);
        }
        opened = true; // earlier events are in the store
    }

    /**
     * Passes events in the order of the feed, so that a listener that knows a cursor has received all events before
     * it.
     */
    @Override
    public void committed(List<Committed> changes) {
        if (feeds.isEmpty()) {
            return;
        }
        List<JobEvent> events =
                changes.stream().map(Committed::event).filter(Objects::nonNull).toList();
        feeds.values().forEach(feed -> feed.offer(visible(events, feed.caller())));
    }

    /** Checks the roles for each event, because they may change. */
    private List<JobEvent> visible(List<JobEvent> events, Caller caller) {
        if (access.allows(caller, AccessRule.FOLLOW, false)) {
            return events;
        } else if (!access.allows(caller, AccessRule.VIEW, true)) {
            return List.of();
        }
        return events.stream()
                .filter(event -> event.submitter().equals(caller.name()))
                .toList();
    }

    @Override
    public List<Finding> examine() {
        return feeds.values().stream().flatMap(feed -> feed.findings().stream()).toList();
    }
}
