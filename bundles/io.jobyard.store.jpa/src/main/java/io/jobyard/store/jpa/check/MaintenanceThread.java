// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.check;

import io.jobyard.api.JobyardException;
import io.jobyard.api.StoreException;
import io.jobyard.spi.store.StoreMaintenance;
import io.jobyard.store.api.StoreDialect;
import io.jobyard.store.api.StoreFault;
import io.jobyard.store.jpa.copy.Backup;
import io.jobyard.store.jpa.sql.OpeningReport;
import io.jobyard.store.jpa.sql.StoreHealth;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** Thread for long work on the whole database. Commits and reads do not wait for it. */
public final class MaintenanceThread implements StoreMaintenance {

    /** Suppliers of the statistics of other threads. */
    public record Figures(Supplier<Reads> reads, Supplier<Commits> commits) {}

    private final DataSource source;
    private final StoreDialect dialect;
    private final List<Path> live;
    private final Figures figures;
    private final StoreHealth health;
    private final HistoryCheck histories;
    private final JsonCheck json;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(task -> new Thread(task, "jobyard-store-maintenance-1"));

    /** Creates the thread for a database whose host uses these directories. */
    public MaintenanceThread(
            DataSource source,
            StoreDialect dialect,
            List<Path> live,
            Figures figures,
            StoreHealth health,
            HistoryCheck histories,
            JsonCheck json) {
        this.json = json;
        this.health = health;
        this.histories = histories;
        this.figures = figures;
        this.source = source;
        this.dialect = dialect;
        this.live = live;
        thread.execute(
                () -> {}); // starts the thread now: a thread that a shell command creates would inherit the command's
        // streams
    }

    @Override
    public long backup(Path directory) {
        Backup backup = new Backup(directory.toAbsolutePath().normalize(), live);
        return call("the backup", () -> backup.make(source, dialect));
    }

    @Override
    public SoundStore check() {
        return call("the check of the store", () -> {
            int tables = checkTables();
            json.run();
            return new SoundStore(tables, histories.count());
        });
    }

    private int checkTables() throws SQLException {
        try (Connection connection = patient()) {
            return dialect.check(connection);
        } catch (SQLException e) {
            if (dialect.fault(e) == StoreFault.DAMAGED) {
                health.tell(StoreFault.DAMAGED, dialect.reason(e));
                throw new StoreException(dialect.reason(e) + "; " + dialect.remedy(), e);
            }
            throw e;
        }
    }

    @Override
    public long compact() {
        return call("the compaction", () -> {
            try (Connection connection = patient()) {
                return dialect.compact(connection);
            }
        });
    }

    private Connection patient() throws SQLException {
        Connection connection = source.getConnection();
        try {
            dialect.prepareForLongStatements(connection);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public Reads reads() {
        return figures.reads().get();
    }

    @Override
    public Commits commits() {
        return figures.commits().get();
    }

    private <T> T call(String what, Callable<T> task) {
        try {
            return thread.submit(task).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("the caller was interrupted; " + what + " continues", e);
        } catch (RejectedExecutionException e) {
            throw new StoreException("the store is closed, because the host is stopping", e);
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            if (cause instanceof JobyardException known) {
                throw known;
            }
            SQLException known = OpeningReport.cause(e);
            throw new StoreException(
                    what + " failed: " + (known == null ? cause.getMessage() : dialect.reason(known)), cause);
        }
    }

    public void stop(Duration timeout) throws InterruptedException {
        thread.shutdown();
        thread.awaitTermination(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }
}
