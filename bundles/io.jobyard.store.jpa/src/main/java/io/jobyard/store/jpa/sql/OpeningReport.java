// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.sql;

import io.jobyard.store.api.StoreDialect;
import io.jobyard.store.api.StoreFault;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports to the program that starts the host whether the store opened, and if not, why. */
public final class OpeningReport {

    /** Filter of the service that the program which starts the host may register. */
    public static final String LISTENER = "(jobyard.start=true)";

    private static final Logger LOG = LoggerFactory.getLogger(OpeningReport.class);

    private final Flow.@Nullable Subscriber<String> listener;
    private final StoreDialect dialect;
    private final @Nullable Path ours;

    /** @param ours directory of the instance for its own database; null for another database */
    public OpeningReport(Flow.@Nullable Subscriber<String> listener, StoreDialect dialect, @Nullable Path ours) {
        this.listener = listener;
        this.dialect = dialect;
        this.ours = ours;
    }

    public void doing(String what) {
        if (listener != null) {
            listener.onNext(what);
        }
    }

    /** Reports that the store failed to open. */
    public void failed(Exception e) {
        SQLException known = cause(e);
        if (known != null && dialect.fault(known) == StoreFault.DAMAGED) {
            damaged(dialect.reason(known));
        } else {
            end(known == null ? String.valueOf(e.getMessage()) : dialect.reason(known));
        }
    }

    /** Reports damage, and marks the instance's own database as unusable for later hosts. */
    public void damaged(String why) {
        LOG.error("{}: the host stores and answers nothing until it is repaired; {}", why, dialect.remedy());
        if (ours != null) {
            condemn(ours, why);
        }
        end(why + "; " + dialect.remedy());
    }

    /** Writes the marker file. A database that shuts down interrupts its users, and an interrupted thread could not write a file. */
    private void condemn(Path data, String why) {
        boolean interrupted = Thread.interrupted();
        try {
            dialect.condemn(data, why);
        } catch (IOException e) {
            LOG.warn("Cannot mark the database as damaged for the next start: {}", e.toString());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Reports that another host has ended this incarnation, so that the host exits. */
    public void fenced(String why) {
        if (listener != null) {
            listener.onError(new CancellationException(why));
        }
    }

    private void end(String why) {
        if (listener != null) {
            listener.onError(new IllegalStateException(why));
        }
    }

    /** Returns the cause among the nested exceptions of pools and persistence units; null for none. */
    public static @Nullable SQLException cause(Throwable e) {
        for (Throwable next = e; next != null; next = next.getCause()) {
            if (next instanceof SQLException known) {
                return known;
            }
        }
        return null;
    }
}
