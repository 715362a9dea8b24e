import { UploadOutlined } from "@ant-design/icons";
import { App, Button, Modal, Slider, Space } from "antd";
import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import { useTranslation } from "react-i18next";
import { FormError } from "@/shared/ui/FormError";
import { shownInPlace } from "@/shared/ui/useFailed";
import { putPhoto, removePhoto, useMapChange, type PersonDetail } from "../map/api";
import { PersonPhoto } from "../map/PersonPhoto";
import { moved, partOf, WHOLE, type Crop } from "./crop";
import styles from "./person.module.css";

const SIDE = 512;
const STEP = 0.04;
const ARROWS: Record<string, [number, number]> = { ArrowLeft: [STEP, 0], ArrowRight: [-STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP] };

/** Chooses a picture and the square of it that is shown; made small in the browser before it is sent. */
export function PhotoDialog({ person, onClose }: { person: PersonDetail; onClose: () => void }) {
  const { t } = useTranslation(["people", "shared"]);
  const { message } = App.useApp();
  const [picture, setPicture] = useState<ImageBitmap | null>(null);
  const [crop, setCrop] = useState<Crop>(WHOLE);
  const canvas = useRef<HTMLCanvasElement>(null);
  const chooser = useRef<HTMLInputElement>(null);
  const save = useMapChange((photo: Blob) => putPhoto(person.id, photo));
  const gone = useMapChange(() => removePhoto(person.id));
  const choose = (file: File | undefined) => {
    if (!file) return;
    createImageBitmap(file, { imageOrientation: "from-image" }).then(
      (read) => {
        setPicture(read);
        setCrop(WHOLE);
      },
      () => void message.error(t("shared:detail.not_a_photo")),
    );
  };
  const done = () => {
    void message.success(t("shared:state.saved"));
    onClose();
  };
  const send = () => canvas.current?.toBlob((blob) => blob && void save.mutateAsync(blob).then(done, shownInPlace), "image/jpeg", 0.88);
  return (
    <Modal
      open
      title={t("person.photo")}
      width={400}
      onCancel={onClose}
      onOk={send}
      okText={t("shared:action.save")}
      cancelText={t("shared:action.cancel")}
      okButtonProps={{ disabled: !picture, loading: save.isPending }}
      mask={{ closable: false }}
      destroyOnHidden
    >
      <div className={styles.photo}>
        {picture ? <Square picture={picture} crop={crop} onCrop={setCrop} canvas={canvas} /> : <PersonPhoto person={person} size={200} />}
        {picture && <Slider className={styles.zoom} min={1} max={4} step={0.05} value={crop.zoom} tooltip={{ open: false }} ariaLabelForHandle={t("person.zoom")} onChange={(zoom) => setCrop({ ...crop, zoom })} />}
        <p className={styles.hint}>{t(picture ? "person.crop_hint" : "person.photo_hint")}</p>
        <input ref={chooser} type="file" accept="image/*" className="visually-hidden" tabIndex={-1} aria-label={t("person.choose")} onChange={(event) => choose(event.target.files?.[0])} />
        <Space>
          <Button icon={<UploadOutlined />} onClick={() => chooser.current?.click()}>{t("person.choose")}</Button>
          {person.photo && !picture && <Button danger loading={gone.isPending} onClick={() => void gone.mutateAsync().then(done, shownInPlace)}>{t("person.photo_remove")}</Button>}
        </Space>
      </div>
      <FormError error={save.error ?? gone.error} />
    </Modal>
  );
}

interface SquareProps {
  picture: ImageBitmap;
  crop: Crop;
  onCrop: (crop: Crop) => void;
  canvas: React.RefObject<HTMLCanvasElement | null>;
}

function Square({ picture, crop, onCrop, canvas }: SquareProps) {
  const { t } = useTranslation("people");
  const last = useRef<{ x: number; y: number } | null>(null);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    const { left, top, side } = partOf(picture, crop);
    // Where a picture is clear, paper shows through.
    context.fillStyle = "#fff";
    context.fillRect(0, 0, SIDE, SIDE);
    context.imageSmoothingQuality = "high";
    context.drawImage(picture, left, top, side, side, 0, 0, SIDE, SIDE);
  }, [picture, crop, canvas]);
  const drag = (event: PointerEvent<HTMLCanvasElement>) => {
    if (!last.current) return;
    const shown = event.currentTarget.clientWidth;
    onCrop(moved(picture, crop, (event.clientX - last.current.x) / shown, (event.clientY - last.current.y) / shown));
    last.current = { x: event.clientX, y: event.clientY };
  };
  const nudge = (event: KeyboardEvent) => {
    const by = ARROWS[event.key];
    if (!by) return;
    event.preventDefault();
    onCrop(moved(picture, crop, ...by));
  };
  return (
    // Moved by the pointer, or by the arrow keys.
    <canvas
      ref={canvas}
      width={SIDE}
      height={SIDE}
      className={styles.square}
      // eslint-disable-next-line jsx-a11y/no-interactive-element-to-noninteractive-role
      role="application"
      tabIndex={0}
      aria-label={t("person.crop_hint")}
      onKeyDown={nudge}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        last.current = { x: event.clientX, y: event.clientY };
      }}
      onPointerMove={drag}
      onPointerUp={() => (last.current = null)}
    />
  );
}
