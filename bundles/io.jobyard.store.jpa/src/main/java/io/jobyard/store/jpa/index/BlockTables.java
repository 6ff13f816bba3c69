// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.index;

import io.jobyard.store.api.SqlDialect;
import io.jobyard.store.jpa.feed.StateCode;
import io.jobyard.store.jpa.sql.Ids;
import io.jobyard.store.jpa.sql.NumberRange;
import io.jobyard.store.jpa.sql.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rows of the search index. Each row is found by its key. */
public final class BlockTables {

    /** Part of a block that a search reads first. */
    public record BlockRow(int number, byte[] states, BlockTerms terms) {

        /** Returns a copy for counting, without data that only searches read. */
        BlockRow forKeeping() {
            return new BlockRow(number, states, terms.forKeeping());
        }

        /** Returns the positions that contain jobs. */
        BitSet positions() {
            BitSet positions = new BitSet(states.length);
            for (int position = 0; position < states.length; position++) {
                positions.set(position, states[position] != StateCode.GONE);
            }
            return positions;
        }

        /** Returns the size in memory, in bytes. */
        long bytes() {
            return states.length + terms.bytes();
        }
    }

    /** Maximum number of labels in a row of {@code search_block_label}. */
    private static final int LABELS = 1_000;

    private static final String IN = " IN (?)";
    private static final String LABELS_OF = "SELECT labels FROM search_block_label WHERE block = ?";
    private static final String INSERT =
            "INSERT INTO search_block (least, greatest, created_from, created_to, states, terms, number) VALUES (?,?,?,?,?,?,?)";
    private static final String ADD_IDS = "INSERT INTO search_id (ids, block) VALUES (?,?)";
    private static final String ADD_LABEL = "INSERT INTO search_label (places, label, block) VALUES (?,?,?)";
    private static final String ADD_LABELS = "INSERT INTO search_block_label (block, part, labels) VALUES (?,?,?)";
    private static final String UPDATE =
            "UPDATE search_block SET least = ?, greatest = ?, created_from = ?, created_to = ?, states = ?, terms = ?"
                    + " WHERE number = ?";
    private static final String CHANGE = "UPDATE search_block SET states = ?, terms = ? WHERE number = ?";
    private static final String MORE_IDS = "UPDATE search_id SET ids = ? WHERE block = ?";
    private static final String WIDEN_LABEL = "UPDATE search_label SET places = ? WHERE label = ? AND block = ?";
    private static final String PARTS = "SELECT COUNT(*) FROM search_block_label WHERE block = ?";
    private static final String NO_LABEL = "DELETE FROM search_label WHERE label = ? AND block = ?";
    private static final List<String> NOTHING = List.of(
            "DELETE FROM search_block WHERE number = ?",
            "DELETE FROM search_id WHERE block = ?",
            "DELETE FROM search_block_label WHERE block = ?");

    private final String headers;
    private final String ofLabel;
    private final String rows;
    private final String ids;
    private final String positions;
    private final String byId;

    /** Creates the queries. Each names its index, because Derby planned the queries while the tables were empty. */
    public BlockTables(SqlDialect dialect) {
        String label = "search_label" + dialect.withIndex("search_label_block") + " WHERE label = ?";
        rows = "SELECT number, states, terms FROM search_block" + dialect.withIndex("search_block_number")
                + " WHERE number" + IN;
        ids = "SELECT block, ids FROM search_id" + dialect.withIndex("search_id_block") + " WHERE block" + IN;
        positions = "SELECT block, places FROM " + label + " AND block >= ? AND block <= ?";
        byId = dialect.withIndex("job_id");
        headers = "SELECT number, least, greatest, created_from, created_to FROM search_block"
                + dialect.withIndex("search_block_range") + " ORDER BY greatest DESC";
        ofLabel = "SELECT block FROM " + label;
    }

    /** Returns text to append to a table name, so that a query for jobs uses the primary key. */
    public String byId() {
        return byId;
    }

    /** Returns all blocks, those with the newest jobs first. Reads only an index. */
    public List<BlockHeader> headers(Session session) throws SQLException {
        return session.list(
                headers,
                row -> new BlockHeader(
                        row.getInt(1),
                        Ids.job(row.getBytes(2)),
                        Ids.job(row.getBytes(3)),
                        row.getLong(4),
                        row.getLong(5)));
    }

    public Map<Integer, BlockRow> rows(Session session, Collection<Integer> numbers) throws SQLException {
        return in(
                session,
                rows,
                numbers,
                row -> new BlockRow(row.getInt(1), row.getBytes(2), new BlockTerms(row.getBytes(3))));
    }

    public Map<Integer, BlockIds> ids(Session session, Collection<Integer> numbers) throws SQLException {
        return in(session, ids, numbers, row -> new BlockIds(row.getBytes(2)));
    }

    /** Returns the blocks that contain a label. Reads only an index. */
    public List<Integer> blocksWith(Session session, long label) throws SQLException {
        return session.list(ofLabel, row -> row.getInt(1), label);
    }

    /**
     * Returns the positions of a label in blocks. Reads ranges of blocks: for a list of blocks, Derby would read all blocks of the label,
     * because the block is the second column of the key.
     */
    public Map<Integer, BitSet> positions(Session session, long label, Collection<Integer> numbers)
            throws SQLException {
        Map<Integer, BitSet> found = new HashMap<>();
        for (NumberRange range : NumberRange.of(numbers)) {
            session.list(
                    positions,
                    row -> found.put(
                            row.getInt(1), LabelPositions.read(row.getBytes(2)).positions()),
                    label,
                    range.first(),
                    range.last());
        }
        found.keySet().retainAll(Set.copyOf(numbers));
        return found;
    }

    private static <T> Map<Integer, T> in(
            Session session, String sql, Collection<Integer> numbers, Session.RowReader<T> reader) throws SQLException {
        Map<Integer, T> found = new HashMap<>();
        session.inNumbers(sql, numbers, row -> found.put(row.getInt(1), reader.read(row)));
        return found;
    }

    JobBlock load(Session session, BlockHeader header) throws SQLException {
        int number = header.number();
        BlockRow row = rows(session, List.of(number)).get(number);
        BlockIds ids = ids(session, List.of(number)).get(number);
        if (row == null || ids == null) {
            throw new IllegalStateException("block " + number + " of the search index is incomplete");
        }
        return JobBlock.read(header, row.states(), row.terms(), ids);
    }

    /**
     * Sends the changes of a block, which may be stored already.
     *
     * @param isStored whether the block already has rows
     */
    static void write(Session session, JobBlock block, boolean isStored) throws SQLException {
        if (block.hasNewJobs()) {
            BlockHeader header = block.header();
            session.batch(isStored ? UPDATE : INSERT)
                    .id(header.least())
                    .id(header.greatest())
                    .number(header.createdFrom())
                    .number(header.createdTo())
                    .bytes(block.states())
                    .bytes(block.terms())
                    .number(block.number())
                    .add();
            session.batch(isStored ? MORE_IDS : ADD_IDS)
                    .bytes(block.ids().bytes())
                    .number(block.number())
                    .add();
            writeLabels(session, block);
        } else if (block.isChanged()) {
            session.batch(CHANGE)
                    .bytes(block.states())
                    .bytes(block.terms())
                    .number(block.number())
                    .add();
        }
    }

    private static void writeLabels(Session session, JobBlock block) throws SQLException {
        for (long label : block.newLabels()) {
            session.batch(ADD_LABEL)
                    .bytes(block.positions(label).bytes())
                    .number(label)
                    .number(block.number())
                    .add();
        }
        for (long label : block.widerLabels()) {
            session.batch(WIDEN_LABEL)
                    .bytes(block.positions(label).bytes())
                    .number(label)
                    .number(block.number())
                    .add();
        }
        List<Long> fresh = List.copyOf(block.newLabels());
        int part = fresh.isEmpty()
                ? 0
                : session.list(PARTS, row -> row.getInt(1), block.number()).get(0);
        for (int from = 0; from < fresh.size(); from += LABELS) {
            List<Long> some = fresh.subList(from, Math.min(from + LABELS, fresh.size()));
            session.batch(ADD_LABELS)
                    .number(block.number())
                    .number(part++)
                    .bytes(LabelNumbers.bytes(some))
                    .add();
        }
    }

    static void delete(Session session, int block) throws SQLException {
        for (byte[] labels : session.list(LABELS_OF, BlockTables::first, block)) {
            for (long label : LabelNumbers.read(labels)) {
                session.batch(NO_LABEL).number(label).number(block).add();
            }
        }
        for (String sql : NOTHING) {
            session.batch(sql).number(block).add();
        }
    }

    private static byte[] first(ResultSet row) throws SQLException {
        return row.getBytes(1);
    }

    /** Sends all collected rows. */
    static void run(Session session) throws SQLException {
        for (String sql :
                List.of(INSERT, UPDATE, CHANGE, ADD_IDS, MORE_IDS, ADD_LABEL, WIDEN_LABEL, ADD_LABELS, NO_LABEL)) {
            session.batch(sql).run();
        }
        for (String sql : NOTHING) {
            session.batch(sql).run();
        }
    }

    /** Deletes all rows of the index. */
    static void clear(Session session) throws SQLException {
        try (java.sql.Statement statement = session.connection().createStatement()) {
            for (String table : Set.of("search_block", "search_id", "search_label", "search_block_label")) {
                statement.execute("TRUNCATE TABLE " + table);
            }
        }
    }
}
