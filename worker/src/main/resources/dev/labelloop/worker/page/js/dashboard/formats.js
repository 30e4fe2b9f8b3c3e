/** Formats that labels are exported in, by the names that the server has for them, the best known first. */
export const FORMATS = [
  'coco',
  'yolo',
  'labelstudio',
  'voc',
  'voc-one-based',
  'cvat',
  'labelme',
  'sagemaker',
  'openimages',
];
