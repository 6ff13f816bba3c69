// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Lets the Nth call fail, in one of several ways. */
public final class NthCall implements Wire {

    /** What becomes of the calls from the Nth on. */
    public enum Mode {
        /** The Nth is not made. */
        FAILS,
        /** The Nth and some more are not made, and all connections are gone. */
        AWAY,
        /** The Nth is made and reports a failure all the same. */
        MADE
    }

    /** How the failure looks. */
    public enum Kind {
        OTHER,
        LOST,
        FULL,
        CONFLICT
    }

    /** After so many failed calls a database that was away is back. */
    private static final int AWAY_FOR = 4;

    private final Mode mode;
    private final Kind kind;
    private final EmbeddedKind database;
    private final AtomicInteger calls = new AtomicInteger();
    private volatile int nth = Integer.MAX_VALUE;
    private volatile Runnable gone = () -> {};
    private volatile @Nullable String failed;

    public NthCall(Mode mode, Kind kind, EmbeddedKind database) {
        this.database = database;
        this.mode = mode;
        this.kind = kind;
    }

    /** Counts from now on; the runnable ends all connections. */
    public void arm(int number, Runnable allGone) {
        failed = null;
        gone = allGone;
        calls.set(0);
        nth = number;
    }

    public void disarm() {
        nth = Integer.MAX_VALUE;
    }

    /** The call that failed; null if it did not come to that. */
    @Nullable
    public String failed() {
        return failed;
    }

    @Override
    public Object carry(Call call) throws Throwable {
        int number = nth == Integer.MAX_VALUE ? 0 : calls.incrementAndGet();
        int last = mode == Mode.AWAY ? nth + AWAY_FOR : nth;
        if (number < nth || number > last) {
            return call.make();
        }
        if (number == nth) {
            failed = call.toString();
        }
        if (mode == Mode.MADE) {
            Call.lose(call.make());
        }
        harm(call);
        throw database.failure(kind, "call " + number + " fails on purpose: " + call);
    }

    private void harm(Call call) throws SQLException {
        if (mode == Mode.AWAY) {
            gone.run();
        } else if (kind == Kind.LOST) {
            call.breakLine();
        } else if (kind == Kind.CONFLICT) {
            call.rollBack();
        }
    }
}
