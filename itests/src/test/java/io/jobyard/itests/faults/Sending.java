// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests.faults;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The rows of a connection's open transaction. */
final class Sending {

    interface Call {
        Object make() throws Throwable;
    }

    private static final String CONNECTION_LOST = "08006";

    private final Connection connection;
    private final Trap trap;
    private final Weather weather;
    private final List<Sent> rows = new ArrayList<>();

    Sending(Connection connection, Trap trap, Weather weather) {
        this.weather = weather;
        this.connection = connection;
        this.trap = trap;
    }

    /** Any call but one that ends the connection. */
    Object call(Call any) throws Throwable {
        weather.ofCall(connection);
        return any.make();
    }

    Object send(List<Sent> sent, Call execution) throws Throwable {
        weather.ofCall(connection);
        weather.ofStatement();
        if (connection.getAutoCommit()) {
            return around(sent, execution);
        }
        Object answer = execution.make();
        rows.addAll(answer instanceof int[] counts ? changing(sent, counts) : sent);
        return answer;
    }

    /** A row of a batch that found nothing to change, because another change came first, is none. */
    private static List<Sent> changing(List<Sent> batch, int[] counts) {
        if (counts.length < batch.size()) { // new jobs, all of which are stored: one that starts at once has two lines
            return batch;
        }
        return IntStream.range(0, batch.size())
                .filter(n -> counts[n] != 0)
                .mapToObj(batch::get)
                .toList();
    }

    /** All in one message. */
    Object sendAndCommit(List<Sent> sent, Call execution) throws Throwable {
        weather.ofStatement();
        rows.addAll(sent);
        return commit(execution);
    }

    Object commit(Call commit) throws Throwable {
        weather.ofCall(connection);
        List<Sent> sent = List.copyOf(rows);
        rows.clear();
        return around(sent, commit);
    }

    void forget() {
        rows.clear();
    }

    private Object around(List<Sent> sent, Call commit) throws Throwable {
        breakIf(trap.springs(Step.SENT, sent));
        Object answer = commit.make();
        breakIf(trap.springs(Step.COMMITTED, sent));
        return answer;
    }

    /** A connection that breaks takes what was not committed along. */
    private void breakIf(boolean springs) throws SQLException {
        if (springs) {
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
            connection.close();
            throw new SQLException("the connection is lost, as a test wanted it", CONNECTION_LOST);
        }
    }
}
