// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.Tree.Kind;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.BeforeClass;
import org.junit.Test;

/**
 * How large a file, a method and a type of the bundles may be, that no package depends on itself, and that what is exported is explained;
 * read from the sources.
 */
public class CodeBoundsIT {

    private static final String SOURCES = "/src/main/java/";

    /** What is above its bound, and why; at most ten. */
    private static final Map<String, String> EXCEPTIONS = Map.of(
            "io/jobyard/handler/http/CallPayload.java: CallPayload",
            "its components are the properties of the payload's JSON",
            "io/jobyard/handler/llm/agent/AgentTask.java: AgentTask",
            "its components are the properties of the payload's JSON",
            "io/jobyard/handler/llm/summary/SummaryRequest.java: SummaryRequest",
            "its components are the properties of the payload's JSON",
            "io/jobyard/handler/llm/wire/ModelQuery.java: ModelQuery",
            "its components are the properties of the payload's JSON");

    private static final Map<String, String> ABOVE = new TreeMap<>();
    private static final Set<String> UNEXPLAINED = new TreeSet<>();
    private static final Map<String, List<String>> TYPES = new TreeMap<>();
    private static final Map<String, Set<String>> NAMED = new TreeMap<>();

    @BeforeClass
    public static void read() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<CompilationUnitTree> units = new ArrayList<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> all = Files.walk(Path.of("../bundles"))) {
            List<Path> sources = all.filter(path -> path.toString().contains(SOURCES))
                    .filter(path -> path.toString().endsWith(".java"))
                    .toList();
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(sources));
            task.parse().forEach(units::add);
            DocTrees trees = DocTrees.instance(task);
            Set<String> exported = new TreeSet<>();
            units.stream()
                    .filter(unit -> unit.getPackageAnnotations().toString().contains("bundle.Export"))
                    .forEach(unit -> exported.add(unit.getPackageName().toString()));
            assertThat(exported).hasSizeGreaterThan(20);
            for (CompilationUnitTree unit : units) {
                new UnitReader(
                                unit,
                                trees,
                                exported.contains(unit.getPackageName().toString()))
                        .scan(unit, null);
            }
        }
        assertThat(TYPES).hasSizeGreaterThan(1000);
    }

    @Test
    public void everyTypeIsSmallEnoughToReadAtOnce() {
        assertThat(ABOVE.keySet()).as(ABOVE.toString()).isEqualTo(EXCEPTIONS.keySet());
        assertThat(EXCEPTIONS.size()).isLessThanOrEqualTo(10);
    }

    @Test
    public void everySimpleNameIsThatOfOneType() {
        assertThat(TYPES.entrySet())
                .filteredOn(type -> type.getValue().size() > 1)
                .isEmpty();
    }

    /** Takes away, again and again, each package that names none of those that are left, or that none of them names. */
    @Test
    public void noPackageDependsOnItself() {
        Map<String, Set<String>> left = new TreeMap<>(NAMED);
        assertThat(left).hasSizeGreaterThan(50);
        left.replaceAll((name, named) -> named.stream()
                .map(CodeBoundsIT::packageOf)
                .filter(other -> !other.equals(name))
                .collect(Collectors.toSet()));
        boolean isLess = true;
        while (isLess) {
            isLess = left.keySet()
                    .removeIf(name -> left.get(name).stream().noneMatch(left::containsKey)
                            || left.values().stream().noneMatch(named -> named.contains(name)));
        }
        assertThat(left).isEmpty();
    }

    private static String packageOf(String name) {
        String found = name;
        while (!found.isEmpty() && !NAMED.containsKey(found)) {
            found = found.substring(0, Math.max(0, found.lastIndexOf('.')));
        }
        return found;
    }

    @Test
    public void whatIsExportedSaysWhatItIs() {
        assertThat(UNEXPLAINED).isEmpty();
    }

    /** Reads the types of one file. */
    private static final class UnitReader extends TreePathScanner<Void, Void> {

        private final CompilationUnitTree unit;
        private final DocTrees trees;
        private final boolean isExported;
        private final String place;
        private final Set<String> named;

        UnitReader(CompilationUnitTree unit, DocTrees trees, boolean isExported) throws IOException {
            this.unit = unit;
            this.trees = trees;
            this.isExported = isExported;
            named = NAMED.computeIfAbsent(unit.getPackageName().toString(), any -> new TreeSet<>());
            String name = unit.getSourceFile().getName();
            place = name.substring(name.indexOf(SOURCES) + SOURCES.length());
            bound(
                    "file",
                    unit.getSourceFile().getCharContent(true).toString().lines().count(),
                    300,
                    "lines");
        }

        @Override
        public Void visitMemberSelect(MemberSelectTree name, Void unused) {
            Tree root = name;
            while (root instanceof MemberSelectTree select) {
                root = select.getExpression();
            }
            if (root instanceof IdentifierTree identifier
                    && identifier.getName().contentEquals("io")) {
                named.add(name.toString());
                return null;
            }
            return super.visitMemberSelect(name, unused);
        }

        @Override
        public Void visitClass(ClassTree type, Void unused) {
            String name = type.getSimpleName().toString();
            if (!name.isEmpty()) {
                TYPES.computeIfAbsent(name, any -> new ArrayList<>()).add(place);
            }
            if (type.getKind() == Kind.RECORD) {
                bound(name, members(type).filter(UnitReader::isComponent).count(), 8, "components");
            }
            if (type.getKind() == Kind.INTERFACE) {
                bound(name, members(type).filter(UnitReader::isAbstract).count(), 14, "abstract methods");
            }
            explained(name, type.getModifiers().getFlags());
            return super.visitClass(type, unused);
        }

        @Override
        public Void visitMethod(MethodTree method, Void unused) {
            ClassTree type = (ClassTree) getCurrentPath().getParentPath().getLeaf();
            String name = type.getSimpleName() + "." + method.getName();
            long begin = trees.getSourcePositions().getStartPosition(unit, method);
            long end = trees.getSourcePositions().getEndPosition(unit, method);
            if (begin < 0 || end < 0) {
                return null; // made by the compiler
            }
            long lines =
                    unit.getLineMap().getLineNumber(end) - unit.getLineMap().getLineNumber(begin) + 1;
            bound(name, lines, 40, "lines");
            boolean isConstructor = method.getName().contentEquals("<init>");
            if (isConstructor && type.getKind() != Kind.RECORD) {
                bound(name, method.getParameters().size(), 7, "parameters");
            }
            Set<Modifier> flags = method.getModifiers().getFlags();
            if (!isConstructor
                    && !method.getModifiers().getAnnotations().toString().contains("@Override")) {
                boolean isPublic = type.getKind() == Kind.INTERFACE && !flags.contains(Modifier.PRIVATE);
                explained(name, isPublic ? Set.of(Modifier.PUBLIC) : flags);
            }
            return super.visitMethod(method, unused);
        }

        private static Stream<? extends Tree> members(ClassTree type) {
            return type.getMembers().stream();
        }

        private static boolean isComponent(Tree member) {
            return member instanceof VariableTree field
                    && !field.getModifiers().getFlags().contains(Modifier.STATIC);
        }

        private static boolean isAbstract(Tree member) {
            return member instanceof MethodTree method && method.getBody() == null;
        }

        private void bound(String what, long number, int most, String unitOfNumber) {
            if (number > most) {
                ABOVE.put(place + ": " + what, number + " " + unitOfNumber + ", more than " + most);
            }
        }

        /** Only what others can name needs a comment: it and all types around it are public or protected. */
        private void explained(String name, Set<Modifier> flags) {
            if (isExported && isOpen(flags) && areTypesAroundOpen() && trees.getDocComment(getCurrentPath()) == null) {
                UNEXPLAINED.add(place + ": " + name + " has no Javadoc");
            }
        }

        private boolean areTypesAroundOpen() {
            ClassTree inner = null;
            for (Tree around : getCurrentPath().getParentPath()) {
                if (around instanceof MethodTree) {
                    return false;
                }
                if (around instanceof ClassTree type) {
                    if (!isOpen(type.getModifiers().getFlags())
                            && (inner == null || inner.getKind() != Kind.INTERFACE)) {
                        return false;
                    }
                    inner = type;
                }
            }
            return true;
        }

        private static boolean isOpen(Set<Modifier> flags) {
            return flags.contains(Modifier.PUBLIC) || flags.contains(Modifier.PROTECTED);
        }
    }
}
