// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.sql;

import io.jobyard.api.StoreException;
import io.jobyard.spi.store.StoreMaintenance;
import io.jobyard.store.api.StoreDialect;
import io.jobyard.store.api.StoreFault;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import javax.persistence.EntityManager;
import javax.persistence.EntityManagerFactory;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads for reads. Callers wait for these threads, so that an interrupt of a caller never reaches the database driver, which it would
 * disturb.
 */
public final class ReadPool {

    private static final Logger LOG = LoggerFactory.getLogger(ReadPool.class);

    private static final int TRIES = 3;

    private final DataSource source;
    private final EntityManagerFactory units;
    private final StoreDialect dialect;
    private final StoreHealth health;
    private final ExecutorService threads;
    private final Deque<Session> idle = new ConcurrentLinkedDeque<>();
    private final LongAdder count = new LongAdder();
    private final LongAdder nanos = new LongAdder();

    /**
     * Creates the threads.
     *
     * @param name prefix of the thread names, before their number
     * @param number number of threads
     */
    public ReadPool(
            String name,
            int number,
            DataSource source,
            EntityManagerFactory units,
            StoreDialect dialect,
            StoreHealth health) {
        this.source = source;
        this.units = units;
        this.dialect = dialect;
        this.health = health;
        AtomicInteger count = new AtomicInteger();
        threads = Executors.newFixedThreadPool(
                number, task -> new Thread(task, "jobyard-store-" + name + "-" + count.incrementAndGet()));
        for (int n = 0; n < number; n++) {
            threads.execute(
                    () -> {}); // starts the threads now: a thread that a shell command creates would inherit the
            // command's streams
        }
    }

    /** Runs a query on a connection that stays open, with its prepared statements. */
    public <T> T ask(StoreRead<T> question) {
        return call(() -> {
            for (int attempt = 1; ; attempt++) {
                Session kept = idle.pollFirst();
                Session session = kept != null ? kept : new Session(source.getConnection());
                boolean sound = false;
                try {
                    T answer = question.ask(session);
                    sound = true;
                    return answer;
                } catch (SQLException e) {
                    if (attempt == TRIES || !isWorthAsking(e)) {
                        throw e;
                    }
                } finally {
                    if (sound) {
                        idle.addFirst(session);
                    } else {
                        session.discard(source);
                        closeIdle(); // the other connections may be dead for the same reason
                    }
                }
            }
        });
    }

    /**
     * Returns whether another attempt is useful. A deadlock with the committer ends one of the two, and an unused connection may have died.
     */
    private boolean isWorthAsking(SQLException fault) {
        if (hasDied(fault)) {
            Session.renew(source);
            return true;
        }
        return dialect.fault(fault) == StoreFault.CONFLICT;
    }

    private static void close(Session session) {
        try {
            session.close();
        } catch (SQLException e) {
            LOG.debug("A connection was already gone", e);
        }
    }

    /** Runs a query through the persistence unit. */
    public <T> T entities(Function<EntityManager, T> question) {
        return call(() -> {
            try {
                return answer(question);
            } catch (RuntimeException e) {
                if (!hasDied(OpeningReport.cause(e))) {
                    throw e;
                }
                Session.renew(source);
                return answer(question);
            }
        });
    }

    private <T> T answer(Function<EntityManager, T> question) {
        EntityManager manager = units.createEntityManager();
        try {
            return question.apply(manager);
        } finally {
            manager.close();
        }
    }

    /** Returns whether a connection from the pool was dead; false if the pool had no connection. */
    private boolean hasDied(@Nullable SQLException cause) {
        return cause != null
                && !(cause instanceof SQLTransientConnectionException)
                && dialect.fault(cause) == StoreFault.LOST;
    }

    /** Returns the number of reads and their total time so far. */
    public StoreMaintenance.Reads reads() {
        return new StoreMaintenance.Reads(count.sum(), Duration.ofNanos(nanos.sum()));
    }

    private <T> T call(Callable<T> question) {
        String end = health.end();
        if (end != null) {
            throw new StoreException(end, null);
        }
        long begun = System.nanoTime();
        try {
            T answer = threads.submit(question).get();
            count.increment();
            nanos.add(System.nanoTime() - begun);
            health.answered();
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("the caller was interrupted while it waited for the store", e);
        } catch (RejectedExecutionException e) {
            throw new StoreException("the store is closed, because the host is stopping", e);
        } catch (ExecutionException e) {
            throw failed(Objects.requireNonNullElse(e.getCause(), e));
        }
    }

    private StoreException failed(Throwable cause) {
        SQLException known = OpeningReport.cause(cause);
        if (known == null && cause instanceof StoreException told) {
            return told; // the database did answer
        }
        if (known == null) {
            return new StoreException("the database did not answer: " + cause.getMessage() + "; try again", cause);
        }
        StoreFault fault = dialect.fault(known);
        if (fault == StoreFault.DAMAGED) {
            health.tell(fault, dialect.reason(known));
            return new StoreException(dialect.reason(known) + "; " + dialect.remedy(), null);
        }
        String message =
                fault == StoreFault.FULL ? StoreHealth.FULL : "the database did not answer: " + dialect.reason(known);
        if (fault == StoreFault.LOST || fault == StoreFault.FULL) {
            health.tell(fault, message);
        }
        return new StoreException(message + "; try again", cause);
    }

    public void stop(Duration timeout) throws InterruptedException {
        threads.shutdown();
        threads.awaitTermination(timeout.toMillis(), TimeUnit.MILLISECONDS);
        closeIdle();
    }

    private void closeIdle() {
        for (Session session = idle.pollFirst(); session != null; session = idle.pollFirst()) {
            close(session);
        }
    }
}
