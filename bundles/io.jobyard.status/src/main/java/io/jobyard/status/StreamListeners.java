// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.Finding;
import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.StreamListener;
import io.jobyard.api.StreamPiece;
import io.jobyard.spi.Examiner;
import io.jobyard.spi.access.Access;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.feed.StoreSnapshot;
import io.jobyard.spi.handlers.HandlerCatalog;
import io.jobyard.spi.handlers.HiddenFields;
import io.jobyard.spi.handlers.TypeRules;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Passes the pieces of streams to the registered listeners. */
@Component(service = {CommitListener.class, Examiner.class})
public final class StreamListeners implements CommitListener, Examiner {

    private record Emitted(JobId job, StreamPiece piece) {}

    private final Map<StreamListener, ListenerFeed<Emitted>> feeds = new ConcurrentHashMap<>();
    private final Access access;
    private final HandlerCatalog handlers;
    private final Clock clock;

    @Activate
    public StreamListeners(@Reference Access access, @Reference HandlerCatalog handlers, @Reference Clock clock) {
        this.access = access;
        this.handlers = handlers;
        this.clock = clock;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bind(StreamListener listener, ServiceReference<StreamListener> reference) {
        bind(listener, Caller.bundle(reference.getBundle().getSymbolicName()));
    }

    void bind(StreamListener listener, Caller caller) {
        ListenerFeed<Emitted> feed = new ListenerFeed<>(
                new ListenerFeed.Calls<>(
                        listener,
                        emitted -> listener.emitted(emitted.job(), emitted.piece()),
                        before -> {}, // the gap between the positions shows the loss
                        "StatusReporter.stream"),
                caller,
                clock);
        feeds.put(listener, feed);
        feed.start();
    }

    void unbind(StreamListener listener) {
        ListenerFeed<Emitted> feed = feeds.remove(listener);
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
        // earlier pieces are in the store
    }

    @Override
    public void committed(List<Committed> changes) {
        // this listener receives only streams
    }

    /** Checks the roles each time, because they may change. */
    @Override
    public void emitted(Job job, List<StreamPiece> pieces) {
        if (feeds.isEmpty()) {
            return;
        }
        List<Emitted> emitted =
                pieces.stream().map(piece -> new Emitted(job.id(), piece)).toList();
        feeds.values().stream().filter(feed -> hears(feed.caller(), job)).forEach(feed -> feed.offer(emitted));
    }

    private boolean hears(Caller caller, Job job) {
        boolean isOwn = job.submitter().equals(caller.name());
        return access.allows(caller, AccessRule.VIEW, isOwn)
                && access.allows(caller, AccessRule.PAYLOAD, isOwn)
                && (isOwn || !isHidden(job.type()));
    }

    private boolean isHidden(String type) {
        return handlers.typeRules().getOrDefault(type, TypeRules.NONE).hidden().concern(HiddenFields.STREAM);
    }

    @Override
    public List<Finding> examine() {
        return feeds.values().stream().flatMap(feed -> feed.findings().stream()).toList();
    }
}
