import { blocksOf, inlinesOf, type Block } from "./text";
import styles from "./timeline.module.css";

interface Props {
  text: string;
  mentions: { name: string }[];
}

/** A note's plain text, with its paragraphs, lists, links and colleagues shown as such. */
export function NoteText({ text, mentions }: Props) {
  const names = mentions.map((one) => one.name);
  return (
    <div className={styles.text}>
      {blocksOf(text).map((block, index) => <BlockOf key={index} block={block} names={names} />)}
    </div>
  );
}

function BlockOf({ block, names }: { block: Block; names: string[] }) {
  if (block.what === "paragraph") return <p><Line line={block.lines.join("\n")} names={names} /></p>;
  const items = block.lines.map((line, index) => <li key={index}><Line line={line} names={names} /></li>);
  return block.what === "bullets" ? <ul>{items}</ul> : <ol>{items}</ol>;
}

function Line({ line, names }: { line: string; names: string[] }) {
  return inlinesOf(line, names).map((part, index) => {
    if (part.what === "link") return <a key={index} href={part.text} target="_blank" rel="noopener noreferrer nofollow">{part.text}</a>;
    if (part.what === "mention") return <strong key={index} className={styles.mention}>{part.text}</strong>;
    return <span key={index}>{part.text}</span>;
  });
}
